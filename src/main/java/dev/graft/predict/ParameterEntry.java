package dev.graft.predict;

import dev.graft.nn.FloatArrays;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network as ND4J writes an array: shape, then values, both with a length. ND4J itself asks for as
 * much native memory as the length says; here it must be what the network needs.
 */
final class ParameterEntry {
    private static final String MODE = "MIXED_DATA_TYPES";
    private static final int HIGHEST_RANK = 2;

    /** ND4J's description of a shape: rank, dimensions, strides, three more numbers. */
    private static final int MORE_THAN_DIMENSIONS = 4;

    private static final int FIRST_FLOATS = 1 << 20;
    private static final int BUFFER_FLOATS = 1 << 14;

    private ParameterEntry() {}

    /**
     * Reads a row of values.
     *
     * @param length how many there must be
     * @throws DamagedException if it is something else
     */
    static INDArray read(InputStream entry, int length) throws IOException {
        DataInputStream in = new DataInputStream(entry);
        try {
            requireShape(in, length);
            requireHeader(in, length, "FLOAT");
            float[] values = values(in, length);
            if (in.read() >= 0) {
                throw new DamagedException("there is more than its " + length + " parameters");
            }
            return FloatArrays.array(values, 1, length);
        } catch (EOFException | UTFDataFormatException e) {
            throw new DamagedException("there is less than its " + length + " parameters", e);
        }
    }

    private static void requireShape(DataInputStream in, int length) throws IOException {
        requireText(in, MODE);
        long numbers = in.readLong();
        requireText(in, "LONG");
        long rank = in.readLong();
        if (rank < 1 || rank > HIGHEST_RANK || numbers != 2 * rank + MORE_THAN_DIMENSIONS) {
            throw new DamagedException("its parameters are no row of values");
        }
        long product = 1;
        for (int i = 0; i < rank; i++) {
            long dimension = in.readLong();
            if (dimension != 1 && dimension != length) {
                throw wrongLength(dimension, length);
            }
            product *= dimension;
        }
        if (product != length) {
            throw wrongLength(product, length);
        }
        for (long i = 1 + rank; i < numbers; i++) {
            in.readLong(); // how they lie in memory, which is one after another
        }
    }

    private static void requireHeader(DataInputStream in, int length, String type) throws IOException {
        requireText(in, MODE);
        long actual = in.readLong();
        if (actual != length) {
            throw wrongLength(actual, length);
        }
        requireText(in, type);
    }

    private static void requireText(DataInputStream in, String expected) throws IOException {
        if (!in.readUTF().equals(expected)) {
            throw new DamagedException("its parameters are of no form that Graft writes (expected " + expected + ")");
        }
    }

    private static DamagedException wrongLength(long actual, int length) {
        return new DamagedException(
                "it has " + actual + " parameters, and its configuration is that of a network of " + length);
    }

    /** Takes memory as values come, not as many as a header promises. */
    private static float[] values(DataInputStream in, int length) throws IOException {
        float[] values = new float[Math.min(length, FIRST_FLOATS)];
        byte[] bytes = new byte[BUFFER_FLOATS * Float.BYTES];
        for (int start = 0; start < length; start += BUFFER_FLOATS) {
            int some = Math.min(BUFFER_FLOATS, length - start);
            in.readFully(bytes, 0, some * Float.BYTES);
            if (start + some > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(length, 2L * values.length));
            }
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, start, some);
        }
        return values;
    }
}
