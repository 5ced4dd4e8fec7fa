package dev.graft.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;

/** Sessions of ONNX Runtime, as fast as it knows. */
final class OnnxRuntime {
    private OnnxRuntime() {}

    /** @param threads that compute one run */
    static OrtSession open(Path model, int threads) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(threads);
            return OrtEnvironment.getEnvironment().createSession(model.toString(), options);
        } catch (OrtException e) {
            throw new IOException("Cannot open " + model + " in ONNX Runtime", e);
        }
    }

    static void close(OrtSession session) throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException("Cannot close a session of ONNX Runtime", e);
        }
    }
}
