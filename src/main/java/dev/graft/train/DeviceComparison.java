package dev.graft.train;

import dev.graft.averaging.Stepper;
import dev.graft.averaging.Steppers;
import dev.graft.base.Base;
import dev.graft.base.Layout;
import dev.graft.compiled.BackendComparison;
import dev.graft.compiled.TrainingPass;
import dev.graft.nn.FloatArrays;
import dev.graft.nn.LearningRate;
import dev.graft.settings.Settings;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether what ND4J runs on computes what the CPU computes: features of a base, and training steps of it with a head. */
public final class DeviceComparison {
    private static final int RGB = 3;
    private static final int STEPS = 3;
    private static final int OUTPUTS = 1;

    private final Base base;
    private final List<float[]> images;

    /** @param images of the base's input size, row-major, RGB, 0 to 255 */
    public DeviceComparison(Base base, List<float[]> images) {
        this.base = base;
        this.images = List.copyOf(images);
    }

    /** The largest difference between features that the CPU computes and those that ND4J's backend does. */
    public double features() {
        return BackendComparison.largestDifference(base.frozen(), joined(), images.size());
    }

    /** The largest difference between parameters after some steps of the whole base and a head. */
    public double training() {
        int size = base.layout().inputSize();
        ComputationGraph here = network();
        ComputationGraph there = here.clone();
        float[] pixels = joined();
        Stepper stepper = new Steppers.GraphStepper(there);
        try (TrainingPass pass = new TrainingPass(here, Layout.FEATURES, images.size(), size, size, RGB)) {
            for (int step = 0; step < STEPS; step++) {
                pass.step(pixels, labels());
                INDArray inputs = FloatArrays.array(pixels, images.size(), size, size, RGB);
                stepper.step(inputs, labels(), images.size());
            }
        }
        return largest(FloatArrays.values(here.params()), FloatArrays.values(there.params()));
    }

    /** The whole base with a new head; dropout draws the same for both. */
    private ComputationGraph network() {
        HeadSettings settings = HeadSettings.from(Settings.withDefaults());
        LearningRate rate = settings.training().learningRate(settings.training().learningRate(), STEPS);
        LossSettings loss = new LossSettings(null, 0);
        return Head.joined(base, Head.untrained(base.layout().features(), OUTPUTS, settings, rate, loss));
    }

    private INDArray labels() {
        float[] labels = new float[images.size()];
        for (int i = 1; i < labels.length; i += 2) {
            labels[i] = 1;
        }
        return FloatArrays.matrix(labels, labels.length);
    }

    private float[] joined() {
        int values = images.get(0).length;
        float[] joined = new float[images.size() * values];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, joined, i * values, values);
        }
        return joined;
    }

    private static double largest(float[] some, float[] others) {
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            largest = Math.max(largest, Math.abs(some[i] - others[i]));
        }
        return largest;
    }
}
