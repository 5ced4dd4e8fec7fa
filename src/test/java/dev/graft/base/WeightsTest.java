package dev.graft.base;

import static dev.graft.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.nn.FixedBatchNorm;
import dev.graft.pretrain.KerasWeightsWriter;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weight files: what is read back, and what is refused in which words. */
class WeightsTest {
    private final Layout mini = Layout.of(Architecture.XCEPTION_MINI, 1, 64, null);
    private final Path directory;

    WeightsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whatIsWrittenIsReadBackBitForBit() {
        ComputationGraph network = Base.untrained(mini);
        Path file = directory.resolve("weights.h5");
        KerasWeightsWriter.write(network, mini, file);
        Base base = open(Architecture.XCEPTION_MINI, file, Optional.empty(), Optional.empty());
        assertSameBits(base.network().params(), network.params());
        assertThat(base.digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void theBundledWeightsOpen() {
        BaseSettings settings = new BaseSettings(
                Architecture.XCEPTION_MINI, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
        Base base = Base.open(settings, new Configuration());
        assertThat(base.layout().inputSize()).isEqualTo(64);
        assertThat(base.origin()).isEmpty();
    }

    @Test
    void layersAboveTheCutMayBeMissing() {
        Layout cut = Layout.of(Architecture.XCEPTION_MINI, 1, 64, "block4");
        Path file = directory.resolve("cut.h5");
        KerasWeightsWriter.write(Base.untrained(cut), cut, file);
        Base base = open(Architecture.XCEPTION_MINI, file, Optional.empty(), Optional.of("block4"));
        assertThat(base.layout().features()).isEqualTo(96);
    }

    @Test
    void layersMissingBelowTheCutAreNamed() {
        Layout cut = Layout.of(Architecture.XCEPTION_MINI, 1, 64, "block6");
        Path file = directory.resolve("cut.h5");
        KerasWeightsWriter.write(Base.untrained(cut), cut, file);
        assertThatThrownBy(() -> open(Architecture.XCEPTION_MINI, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot load weights " + file + " into xception-mini cut at"
                        + " block7_sepconv2_act: 12 weights do not match.")
                .hasMessageContaining(
                        "block7_sepconv1/depthwise_kernel: in the file missing, in the network [3, 3, 128, 1]");
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedWithBothSides() {
        Path file = directory.resolve("mini.h5");
        KerasWeightsWriter.write(Base.untrained(mini), mini, file);
        assertThatThrownBy(() -> open(Architecture.XCEPTION, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("block1_conv1/kernel: in the file [3, 3, 3, 16], in the network [3, 3, 3, 32]");
    }

    @Test
    void weightsThatAreNotFiniteAreRefusedByName() {
        ComputationGraph network = Base.untrained(mini);
        INDArray kernel = network.getLayer("block1_conv1").getParam("kernel");
        kernel.putScalar(0, Float.NaN).putScalar(7, Float.NEGATIVE_INFINITY);
        FixedBatchNorm norm =
                (FixedBatchNorm) network.getLayer("block1_conv1_bn").conf().getLayer();
        float[] variance = norm.movingVariance();
        variance[3] = Float.POSITIVE_INFINITY;
        norm.setStatistics(norm.movingMean(), variance);
        Path file = directory.resolve("diverged.h5");
        KerasWeightsWriter.write(network, mini, file);
        assertThatThrownBy(() -> open(Architecture.XCEPTION_MINI, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot load weights " + file + " into xception-mini cut at block7_sepconv2_act: 2 weights"
                        + " have values that are NaN or infinite. Give others, such as those of an epoch before the"
                        + " training diverged."
                        + "\n  block1_conv1/kernel: 2 of " + 3 * 3 * 3 * 16
                        + "\n  block1_conv1_bn/moving_variance: 1 of 16");
    }

    @Test
    void aDigestThatDiffersIsRefused() {
        Path file = directory.resolve("mini.h5");
        KerasWeightsWriter.write(Base.untrained(mini), mini, file);
        assertThatThrownBy(() -> open(
                        Architecture.XCEPTION_MINI, file, Optional.of("sha256:" + "0".repeat(64)), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot use weights " + file + ": their digest is sha256:")
                .hasMessageEndingWith("the file was changed, or it is another one");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("absent.h5");
        assertThatThrownBy(() -> open(Architecture.XCEPTION, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot open weights " + file + ": there is no such file");
    }

    @Test
    void aFileThatIsNotHdf5IsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("text.h5"), "not weights at all");
        assertThatThrownBy(() -> open(Architecture.XCEPTION, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot read weights " + file + ": it is not an HDF5 file as Keras writes");
    }

    @Test
    void aBaseWithoutBundledWeightsAsksForSome() {
        BaseSettings settings = new BaseSettings(
                Architecture.XCEPTION, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
        assertThatThrownBy(() -> Base.open(settings, new Configuration()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot open the weights of xception: none are bundled; name a Keras HDF5 file with"
                        + " --weights");
    }

    private static Base open(Architecture architecture, Path file, Optional<String> digest, Optional<String> cut) {
        BaseSettings settings =
                new BaseSettings(architecture, Optional.of(file.toString()), digest, Optional.of(96), cut, 1);
        return Base.open(settings, new Configuration());
    }
}
