package dev.graft.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.base.BaseSettings;
import dev.graft.decode.DecodeSettings;
import dev.graft.features.ExtractSettings;
import dev.graft.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeDemandTest {
    /**
     * Keras' summary of Xception without top has 20,861,480 weights, and its largest layers 147 x 147 x 64 and
     * 147 x 147 x 128 values; a head of one logit has 2049 weights more.
     */
    @Test
    void xceptionNeedsItsWeightsTwiceAndThreeLayersOfABatch() {
        Settings settings = Settings.load(
                List.of(), List.of("base.name=xception", "extract.batch=16", "decode.max-image-memory=100 MiB"));

        NativeDemand demand = NativeDemand.of(
                BaseSettings.from(settings), DecodeSettings.from(settings), ExtractSettings.from(settings));

        assertThat(demand.base()).isEqualTo("xception");
        assertThat(demand.batch()).isEqualTo("16 images of 299 pixels");
        assertThat(demand.weights()).isEqualTo(3 * (20_861_480L + 2049) * 4);
        assertThat(demand.forwardPass()).isEqualTo(3L * 147 * 147 * 128 * 16 * 4);
        assertThat(demand.largestImage()).isEqualTo(100L << 20);
        assertThat(demand.largestFile()).isEqualTo(64L << 20);
    }

    @Test
    void aJvmWithoutTasksNeedsNoForwardPass() {
        assertThat(Cases.DEMAND.of(0)).isEqualTo((384 + 160) * Bytes.MIB);
        assertThat(Cases.DEMAND.of(3)).isEqualTo((384 + 160 + 3 * 500 + 640) * Bytes.MIB);
        assertThat(Cases.DEMAND.parts(0)).isEqualTo("384 MiB for Java and Spark, 160 MiB for the weights of xception");
    }
}
