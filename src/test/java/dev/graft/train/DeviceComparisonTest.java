package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What runs on a GPU, on ND4J's CPU backend: its operations and DL4J's own steps against oneDNN. */
class DeviceComparisonTest {
    private static final int SIZE = 64;

    private static DeviceComparison comparison() {
        Base base = Base.open(
                new BaseSettings(
                        Architecture.XCEPTION_MINI,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(SIZE),
                        Optional.empty(),
                        1),
                new Configuration());
        Random random = new Random(7);
        List<float[]> images = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            float[] pixels = new float[SIZE * SIZE * 3];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = random.nextInt(256);
            }
            images.add(pixels);
        }
        return new DeviceComparison(base, images);
    }

    @Test
    void nd4jsOperationsGiveTheFeaturesOfOneDnn() {
        assertThat(comparison().features()).isPositive().isLessThan(1e-4);
    }

    @Test
    void dl4jsStepsArriveAtTheParametersOfCompiledOnes() {
        assertThat(comparison().training()).isPositive().isLessThan(1e-4);
    }
}
