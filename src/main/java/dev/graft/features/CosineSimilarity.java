package dev.graft.features;

import dev.graft.nn.FloatArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Cosines of the angles between vectors and some fixed ones; a vector of length zero has the cosine 0 to every other. */
public final class CosineSimilarity {
    private static final float SHORTEST = 1e-12f;

    private final int width;
    /** Unit vectors side by side: shape [width, fixed vectors]. */
    private final INDArray fixed;

    /**
     * @param fixed shape [vectors, width], row after row
     * @param width values of a vector
     */
    public CosineSimilarity(float[] fixed, int width) {
        this.width = width;
        try (INDArray rows = unit(fixed)) {
            this.fixed = rows.transpose().dup('c');
        }
    }

    /**
     * Compares vectors with the fixed ones.
     *
     * @param vectors shape [n, width], row after row
     * @return shape [n, fixed vectors], row after row; rounding may carry a value a little beyond 1
     */
    public float[] to(float[] vectors) {
        try (INDArray rows = unit(vectors);
                INDArray cosines = rows.mmul(fixed)) {
            return FloatArrays.values(cosines);
        }
    }

    private INDArray unit(float[] vectors) {
        float[] unit = new float[vectors.length];
        for (int start = 0; start < vectors.length; start += width) {
            double squares = 0;
            for (int i = start; i < start + width; i++) {
                squares += (double) vectors[i] * vectors[i];
            }
            float length = Math.max(SHORTEST, (float) Math.sqrt(squares));
            for (int i = start; i < start + width; i++) {
                unit[i] = vectors[i] / length;
            }
        }
        return FloatArrays.matrix(unit, vectors.length / width);
    }
}
