package dev.graft.bench;

import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import dev.graft.nn.SeededDropout;
import dev.graft.nn.SigmoidCrossEntropy;
import java.io.IOException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Graft's compiled base, frozen, and a step of training of the head on what comes out. */
final class GraftEndToEnd extends WorkingContender {

    GraftEndToEnd(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private GraftEndToEnd(WorkOrder order) throws IOException {
        super(order, workshop(order));
    }

    private static Workshop workshop(WorkOrder order) {
        CompiledNetwork network = order.base().open().frozen().compile();
        return () -> new FrozenStep(network);
    }

    /** One thread's training steps on the shared batch. */
    private static final class FrozenStep implements Worker {
        private static final double DROPOUT = 0.2;
        private static final double LEARNING_RATE = 1e-3;
        private static final long SEED = 1;

        private final ForwardPass base;
        private final MultiLayerNetwork head;
        private final float[] pixels = SharedInput.batch();
        private final INDArray labels =
                Nd4j.createFromArray(SharedInput.labels()).reshape(SharedInput.BATCH, 1);

        FrozenStep(CompiledNetwork network) {
            this.base = network.forwardPass(SharedInput.BATCH);
            this.head = new MultiLayerNetwork(head(base.outputValues()));
            head.init();
        }

        private static MultiLayerConfiguration head(int features) {
            OutputLayer.Builder logit = new OutputLayer.Builder(new SigmoidCrossEntropy());
            return new NeuralNetConfiguration.Builder()
                    .seed(SEED)
                    .updater(new Adam(LEARNING_RATE))
                    .list(
                            new DropoutLayer(new SeededDropout(DROPOUT, SEED)),
                            logit.nIn(features)
                                    .nOut(1)
                                    .activation(Activation.IDENTITY)
                                    .build())
                    .build();
        }

        /** The features, to be compared with those of other forward passes. */
        @Override
        public float[] output() {
            return base.run(pixels, SharedInput.BATCH);
        }

        @Override
        public double work() {
            INDArray features = Nd4j.createFromArray(output()).reshape(SharedInput.BATCH, base.outputValues());
            head.fit(features, labels);
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            base.close();
        }
    }
}
