package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.types.TFloat32;

/** The gradients of the whole base in TensorFlow, without a step of an optimizer: kernels and biases are variables. */
final class TensorFlowTraining extends WorkingContender {

    TensorFlowTraining(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private TensorFlowTraining(WorkOrder order) throws IOException {
        super(
                order,
                () -> new SessionGradients(PlainNetwork.load(order.network()).folded()));
    }

    /** One session's gradients on the shared batch. */
    private static final class SessionGradients implements Worker {
        private final Graph graph = new Graph();
        private final TensorFlowNetwork network;
        private final Operand<TFloat32> loss;
        private final List<Operand<?>> gradients = new ArrayList<>();
        private final Operand<?> probedGradient;
        private final Session session;
        private final float[] pixels = SharedInput.batch();

        SessionGradients(PlainNetwork plain) {
            Ops tf = Ops.create(graph);
            this.network = new TensorFlowNetwork(tf, plain, tf::variable);
            this.loss = loss(tf, network.output(plain.last().name()), plain.features());
            for (Operand<?> gradient : Gradients.create(tf.scope(), loss, network.weights())) {
                gradients.add(gradient);
            }
            Operand<TFloat32> probed = network.bias(plain.probedConvolution());
            this.probedGradient = gradients.get(network.weights().indexOf(probed));
            this.session = new Session(graph);
        }

        /** Mean sigmoid cross entropy: softplus(z) - z * y for logit z and label y. */
        private Operand<TFloat32> loss(Ops tf, Operand<TFloat32> features, int count) {
            Operand<TFloat32> weights = network.weight(SharedInput.headWeights(count), count, 1);
            Operand<TFloat32> bias = network.weight(new float[1], 1);
            Operand<TFloat32> logits = tf.nn.biasAdd(tf.linalg.matMul(features, weights), bias);
            Operand<TFloat32> labels = tf.reshape(tf.constant(SharedInput.labels()), tf.constant(new int[] {-1, 1}));
            Operand<TFloat32> losses = tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, labels));
            return tf.math.mean(losses, tf.constant(new int[] {0, 1}));
        }

        @Override
        public float[] output() {
            try (TFloat32 input = TensorFlow32.tensor(pixels, SharedInput.batchShape());
                    Result result = session.runner()
                            .feed(network.input(), input)
                            .fetch(loss)
                            .fetch(probedGradient)
                            .run()) {
                float[] mean = TensorFlow32.values(result.get(0));
                return TrainingOutput.of(mean[0], TensorFlow32.values(result.get(1)));
            }
        }

        /** Computes every gradient; none is copied into Java. */
        @Override
        public double work() {
            try (TFloat32 input = TensorFlow32.tensor(pixels, SharedInput.batchShape())) {
                Session.Runner runner =
                        session.runner().feed(network.input(), input).fetch(loss);
                for (Op gradient : gradients) {
                    runner.addTarget(gradient);
                }
                runner.run().close();
            }
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
