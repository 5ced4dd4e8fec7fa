package dev.graft.bench;

import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import java.io.IOException;

/** Graft's compiled base, as extraction runs it. */
final class GraftForward extends WorkingContender {

    GraftForward(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private GraftForward(WorkOrder order) throws IOException {
        super(order, workshop(order));
    }

    private static Workshop workshop(WorkOrder order) {
        CompiledNetwork network = order.base().open().frozen().compile();
        return () -> new CompiledForward(network);
    }

    /** One thread's forward pass over the shared batch. */
    private static final class CompiledForward implements Worker {
        private final ForwardPass pass;
        private final float[] pixels = SharedInput.batch();

        CompiledForward(CompiledNetwork network) {
            this.pass = network.forwardPass(SharedInput.BATCH);
        }

        @Override
        public float[] output() {
            return pass.run(pixels, SharedInput.BATCH);
        }

        @Override
        public double work() {
            output();
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            pass.close();
        }
    }
}
