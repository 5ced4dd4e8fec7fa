package dev.graft.onnx;

import ai.onnxruntime.OrtException;
import dev.graft.SharedReference;
import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.compiled.CompiledNetwork;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exported bases with their published weights, run by ONNX Runtime. */
class OnnxBasesTest {
    @ParameterizedTest
    @CsvSource({"150, 1", "150, 3", "151, 1"})
    void xceptionCutAtBlock13ComputesTheSame(int inputSize, int images) throws IOException, OrtException {
        String weights = "weights/xception_imagenet_notop_to_block13.h5";
        assertSame(Architecture.XCEPTION, weights, inputSize, Optional.of("block13"), 1, images);
    }

    @ParameterizedTest
    @CsvSource({"224, 1", "224, 3", "151, 3"})
    void mobileNetV2ComputesTheSame(int inputSize, int images) throws IOException, OrtException {
        String weights = "weights/mobilenet_v2_0.35_224_imagenet_notop.h5";
        assertSame(Architecture.MOBILENET_V2, weights, inputSize, Optional.empty(), 0.35, images);
    }

    private static void assertSame(
            Architecture architecture, String weights, int inputSize, Optional<String> cut, double alpha, int images)
            throws IOException, OrtException {
        Optional<String> file = Optional.of(SharedReference.path(weights).toString());
        BaseSettings settings =
                new BaseSettings(architecture, file, Optional.empty(), Optional.of(inputSize), cut, alpha);
        CompiledNetwork base = Base.open(settings, new Configuration()).frozen().compile();
        OnnxExportTest.assertSameFeatures(base, images);
    }
}
