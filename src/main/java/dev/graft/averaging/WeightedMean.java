package dev.graft.averaging;

import java.util.Arrays;

/** The mean of vectors, each weighted by how many examples stand behind it; summed in double precision. */
final class WeightedMean {
    private double[] sums = new double[0];
    private long weights;

    /** Adds a vector; one of weight zero counts nothing, whatever its length. */
    void add(float[] vector, long weight) {
        if (weight == 0) {
            return;
        }
        if (weights == 0) {
            sums = new double[vector.length];
            Arrays.fill(sums, -0.0); // so that the mean of nothing but negative zeros is one
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (double) vector[i] * weight;
        }
        weights += weight;
    }

    float[] mean() {
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / weights);
        }
        return mean;
    }
}
