package dev.graft.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/** The base as Graft exports it, run by ONNX Runtime. */
final class OnnxRuntimeForward extends WorkingContender {

    OnnxRuntimeForward(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private OnnxRuntimeForward(WorkOrder order) throws IOException {
        super(order, () -> new SessionForward(order));
    }

    /** One session's forward pass over the shared batch. */
    private static final class SessionForward implements Worker {
        private static final String INPUT = "pixels";

        private final OrtSession session;
        private final float[] pixels = SharedInput.batch();

        SessionForward(WorkOrder order) throws IOException {
            this.session = OnnxRuntime.open(order.network(), order.sharing().threads());
        }

        @Override
        public float[] output() throws IOException {
            try (OnnxTensor input = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), SharedInput.batchShape());
                    OrtSession.Result result = session.run(Map.of(INPUT, input))) {
                FloatBuffer features = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] values = new float[features.remaining()];
                features.get(values);
                return values;
            } catch (OrtException e) {
                throw new IOException("Cannot run the network", e);
            }
        }

        @Override
        public double work() throws IOException {
            output();
            return SharedInput.BATCH;
        }

        @Override
        public void close() throws IOException {
            OnnxRuntime.close(session);
        }
    }
}
