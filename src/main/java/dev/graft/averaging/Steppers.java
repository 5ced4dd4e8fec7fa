package dev.graft.averaging;

import dev.graft.base.Layout;
import dev.graft.compiled.StepOutcome;
import dev.graft.compiled.TrainingHead;
import dev.graft.compiled.TrainingPass;
import dev.graft.nn.FloatArrays;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The ways to take steps. */
public final class Steppers {
    private Steppers() {}

    /** A network is a head alone, or layers of a base with a head on their features. */
    static Stepper of(ComputationGraph network) {
        if (!network.getConfiguration().getVertices().containsKey(Layout.FEATURES)) {
            return new HeadStepper(network, TrainingHead.alone(network));
        }
        return Nd4j.getEnvironment().isCPU() ? new BaseStepper(network) : new GraphStepper(network);
    }

    /** DL4J's own steps, for whatever ND4J runs on. Logits are those of the step, dropout included. */
    public record GraphStepper(ComputationGraph network) implements Stepper {
        @Override
        public StepOutcome step(INDArray inputs, INDArray labels, int batch) {
            float[] logits = FloatArrays.values(network.output(true, inputs)[0]);
            network.fit(new DataSet(inputs, labels));
            return new StepOutcome(network.score(), logits);
        }

        /** DL4J's steps need nothing beside the network. */
        @Override
        public void close() {}
    }

    private record HeadStepper(ComputationGraph network, TrainingHead head) implements Stepper {
        @Override
        public StepOutcome step(INDArray features, INDArray labels, int batch) {
            return head.step(features, labels);
        }

        /** A head's steps need nothing beside it. */
        @Override
        public void close() {}
    }

    /** Compiles the network for full batches, even if the first is not: rounding depends on what it is compiled for. */
    private static final class BaseStepper implements Stepper {
        private final ComputationGraph network;
        private @Nullable TrainingPass pass;

        BaseStepper(ComputationGraph network) {
            this.network = network;
        }

        @Override
        public ComputationGraph network() {
            return network;
        }

        @Override
        public StepOutcome step(INDArray inputs, INDArray labels, int batch) {
            return passFor(batch, inputs.shape()).step(FloatArrays.values(inputs), labels);
        }

        @Override
        public void close() {
            if (pass != null) {
                pass.close();
                pass = null;
            }
        }

        private TrainingPass passFor(int batch, long... shape) {
            TrainingPass known = pass;
            if (known == null || known.batch() != batch) {
                close();
                long[] imageShape = Arrays.copyOfRange(shape, 1, shape.length);
                known = new TrainingPass(network, Layout.FEATURES, batch, imageShape);
                pass = known;
            }
            return known;
        }
    }
}
