package dev.graft.pretrain;

import dev.graft.base.Layout;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.FloatArrays;
import dev.graft.nn.SeededDropout;
import dev.graft.nn.SoftmaxCrossEntropy;
import dev.graft.nn.TrainingBatchNorm;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains a base from nothing, batch norm in training mode: how the bundled weights of xception-mini were made. Adam,
 * learning rate falling along a half cosine.
 */
public final class Pretraining {
    private static final String OUTPUT = "predictions";
    private static final double DROPOUT = 0.2;
    private static final double BATCH_NORM_MOMENTUM = 0.97;
    private static final double LEARNING_RATE = 2e-3;
    private static final int SCHEDULE_POINTS = 100;

    /** Where the pictures come from. */
    public interface Pictures {
        /**
         * Draws a picture.
         *
         * @param label its class, 0 up to the number of classes
         * @param index which one of that class
         * @return pixels 0..255 of shape [size, size, 3], one byte each
         */
        byte[] picture(int label, int index);
    }

    private final Layout layout;
    private final int classes;
    private final int batch;
    private final int steps;
    private final SplittableRandom random;

    public Pretraining(Layout layout, int classes, int batch, int steps, long seed) {
        this.layout = layout;
        this.classes = classes;
        this.batch = batch;
        this.steps = steps;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Trains on fresh pictures at every step.
     *
     * @param progress told the loss of each batch
     */
    public ComputationGraph train(Pictures pictures, DoubleConsumer progress) {
        ComputationGraph network = network();
        for (int step = 0; step < steps; step++) {
            network.fit(batch(pictures, step * batch));
            progress.accept(network.score());
        }
        return network;
    }

    /** Share of pictures, drawn after those of training, whose class the network finds. */
    public double accuracy(ComputationGraph network, Pictures pictures, int batches) {
        long right = 0;
        for (int i = 0; i < batches; i++) {
            DataSet examples = batch(pictures, (steps + i) * batch);
            INDArray found = network.outputSingle(examples.getFeatures()).argMax(1);
            right += found.eq(examples.getLabels().argMax(1))
                    .castTo(Nd4j.dataType())
                    .sumNumber()
                    .longValue();
        }
        return (double) right / ((long) batches * batch);
    }

    private DataSet batch(Pictures pictures, int firstIndex) {
        int size = layout.inputSize();
        float[] pixels = new float[batch * size * size * 3];
        INDArray labels = Nd4j.create(batch, classes);
        for (int i = 0; i < batch; i++) {
            int label = random.nextInt(classes);
            byte[] picture = pictures.picture(label, firstIndex + i);
            for (int j = 0; j < picture.length; j++) {
                pixels[i * picture.length + j] = picture[j] & 0xFF;
            }
            labels.putScalar(i, label, 1);
        }
        return new DataSet(FloatArrays.array(pixels, batch, size, size, 3), labels);
    }

    private ComputationGraph network() {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(random.nextLong())
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(new Adam(cosine()))
                .graphBuilder()
                .addInputs(Layout.PIXELS);
        layout.addTo(graph, Pretraining::inTraining);
        graph.addLayer("dropout", new DropoutLayer(new SeededDropout(DROPOUT, random.nextLong())), Layout.FEATURES);
        graph.addLayer(OUTPUT, output(), "dropout");
        ComputationGraph network = new ComputationGraph(graph.setOutputs(OUTPUT).build());
        network.init();
        return network;
    }

    private static Layer inTraining(Layer layer) {
        return layer instanceof FixedBatchNorm norm
                ? new TrainingBatchNorm(norm.channels(), norm.epsilon(), BATCH_NORM_MOMENTUM)
                : layer;
    }

    private OutputLayer output() {
        return new OutputLayer.Builder(new SoftmaxCrossEntropy())
                .nIn(layout.features())
                .nOut(classes)
                .activation(Activation.IDENTITY)
                .build();
    }

    private ISchedule cosine() {
        MapSchedule.Builder schedule = new MapSchedule.Builder(ScheduleType.ITERATION);
        for (int i = 0; i < SCHEDULE_POINTS; i++) {
            double rate = LEARNING_RATE * (1 + Math.cos(Math.PI * i / SCHEDULE_POINTS)) / 2;
            schedule.add(steps * i / SCHEDULE_POINTS, rate);
        }
        return schedule.build();
    }
}
