package dev.graft.bench;

import java.io.IOException;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The base in TensorFlow: batch norm folded, weights as constants, so that the graph optimizer can do all it does. */
final class TensorFlowForward extends WorkingContender {

    TensorFlowForward(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private TensorFlowForward(WorkOrder order) throws IOException {
        super(order, () -> new SessionForward(PlainNetwork.load(order.network()).folded()));
    }

    /** One session's forward pass over the shared batch. */
    private static final class SessionForward implements Worker {
        private final Graph graph = new Graph();
        private final TensorFlowNetwork network;
        private final Operand<TFloat32> features;
        private final Session session;
        private final float[] pixels = SharedInput.batch();

        SessionForward(PlainNetwork plain) {
            this.network = new TensorFlowNetwork(Ops.create(graph), plain, constant -> constant);
            this.features = network.output(plain.last().name());
            this.session = new Session(graph);
        }

        @Override
        public float[] output() {
            try (TFloat32 input = TensorFlow32.tensor(pixels, SharedInput.batchShape());
                    Result result = session.runner()
                            .feed(network.input(), input)
                            .fetch(features)
                            .run()) {
                return TensorFlow32.values(result.get(0));
            }
        }

        @Override
        public double work() {
            output();
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
