package dev.graft.decode;

/** One method of resizing, for one size of the result. */
interface ResizeKernel {
    void resize(RgbImage image, float[] target, int offset);
}
