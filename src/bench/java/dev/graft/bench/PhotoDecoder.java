package dev.graft.bench;

import java.io.IOException;

/** Makes of a JPEG file what the networks take. Used by one thread. */
interface PhotoDecoder extends AutoCloseable {
    /** Width and height of the result, in pixels. */
    int SIZE = 150;

    int CHANNELS = 3;

    /** Values of one result. */
    int VALUES = SIZE * SIZE * CHANNELS;

    /**
     * Decodes and resizes.
     *
     * @param rgb gets the {@link #VALUES} values, 0 to 255: rows from the top, red, green and blue side by side
     * @throws IOException if the photo cannot be decoded
     */
    void decode(byte[] jpeg, float[] rgb) throws IOException;

    @Override
    default void close() {}
}
