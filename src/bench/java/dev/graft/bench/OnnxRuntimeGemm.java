package dev.graft.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Matrix products of ONNX Runtime, one factor a constant that it may pack beforehand. */
final class OnnxRuntimeGemm extends WorkingContender {
    static final String INPUT = "a";

    OnnxRuntimeGemm(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private OnnxRuntimeGemm(WorkOrder order) throws IOException {
        super(order, () -> new GemmWorker(size -> new MatrixProduct(order, size)));
    }

    /** The model for matrices of a size, in the directory that is this contender's network. */
    static Path model(Path directory, int size) {
        return directory.resolve("gemm-" + size + ".onnx");
    }

    private static final class MatrixProduct implements GemmWorker.Product {
        private final OrtSession session;
        private final OnnxTensor factor;

        MatrixProduct(WorkOrder order, int size) throws IOException {
            this.session = OnnxRuntime.open(
                    model(order.network(), size), order.sharing().threads());
            try {
                this.factor = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(),
                        FloatBuffer.wrap(SharedInput.matrix(size)),
                        new long[] {size, size});
            } catch (OrtException e) {
                throw new IOException("Cannot make a matrix in ONNX Runtime", e);
            }
        }

        @Override
        public void multiply() throws IOException {
            try {
                session.run(Map.of(INPUT, factor)).close();
            } catch (OrtException e) {
                throw new IOException("Cannot multiply matrices in ONNX Runtime", e);
            }
        }

        @Override
        public void close() throws IOException {
            factor.close();
            OnnxRuntime.close(session);
        }
    }
}
