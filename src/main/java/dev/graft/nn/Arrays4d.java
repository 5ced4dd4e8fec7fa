package dev.graft.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Layout of activations in memory. */
public final class Arrays4d {
    private Arrays4d() {}

    /** The array itself when its values lie in row-major order without gaps, as the kernels want, else a copy that does. */
    static INDArray rowMajor(INDArray array) {
        boolean contiguous = array.ordering() == 'c' && array.elementWiseStride() == 1;
        return contiguous ? array : array.dup('c');
    }

    /** A view of [images, height, width, channels] as a matrix with a row for each pixel and a column for each channel. */
    public static INDArray asMatrix(INDArray images) {
        long channels = images.size(-1);
        return images.reshape('c', images.length() / channels, channels);
    }
}
