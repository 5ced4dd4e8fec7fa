package dev.graft.doctor;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageMemory;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.Views;

/**
 * The smallest Java heap of a JVM that decodes images.
 *
 * @param image bytes for one image, as the settings allow it, and for Spark
 * @param waiting bytes of the resized images that one task holds at a time
 */
public record HeapDemand(long image, long waiting) {
    private static final int RGB = 3;

    /**
     * What a run takes.
     *
     * @param inputSize side of the resized images, in pixels
     */
    public static HeapDemand of(DecodeSettings decode, Views views, int batch, int inputSize) {
        long imageValues = (long) inputSize * inputSize * RGB;
        return new HeapDemand(
                ImageMemory.smallestHeap(decode, 0),
                ImageNetwork.waitingBytes(
                        decode, views, batch, imageValues, Runtime.getRuntime().maxMemory(), 1));
    }

    /** For so many tasks at a time; nothing for none. */
    long of(int tasks) {
        return tasks == 0 ? 0 : image + tasks * waiting;
    }
}
