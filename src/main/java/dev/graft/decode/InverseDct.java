package dev.graft.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Coefficients to samples by the fast integer transform of Arai, Agui and Nakajima, in 16 bits, as libjpeg-turbo's
 * {@code JDCT_IFAST} computes it: that is what {@code tf.io.decode_image} decodes with. The accurate transform, which
 * most other programs use, gives other samples.
 *
 * <p>A row of blocks is transformed at once, each step in a loop of its own over all lanes, for the compiler to turn
 * into vector code. Lanes hold 32 bits; only the lower 16 count, as in libjpeg-turbo.
 */
final class InverseDct {
    private static final VarHandle FOUR_SAMPLES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK = JpegComponent.BLOCK;
    private static final int COEFFICIENTS = JpegComponent.COEFFICIENTS;

    /** {@code sqrt(2)}, {@code 2 cos(pi/8)} and so on, with eight bits after the binary point. */
    private static final int ONE = 1 << 8;

    private static final int SQRT_2 = 362;
    private static final int COS_1 = 473;
    private static final int COS_1_MINUS_COS_3 = 277;
    private static final int COS_1_PLUS_COS_3 = 669;

    /** The scale factors that the transform leaves to the quantisation: {@code 1} and {@code sqrt(2) cos(k pi/16)}. */
    private static final double[] SCALES = new double[BLOCK];

    static {
        SCALES[0] = 1;
        for (int k = 1; k < BLOCK; k++) {
            SCALES[k] = Math.sqrt(2) * Math.cos(k * Math.PI / 16);
        }
    }

    /** The eight inputs and outputs of the transform; a lane is a column, then a row, of a block. */
    private int[][] in = new int[BLOCK][0];

    private int[][] out = new int[BLOCK][0];
    private int[][] step = new int[BLOCK][0];

    /**
     * A quantisation table with the scale factors worked in, with two bits after the binary point, rounded in two
     * steps as libjpeg does; both in zigzag order.
     */
    static short[] multipliers(int[] quantisation) {
        short[] multipliers = new short[COEFFICIENTS];
        for (int k = 0; k < COEFFICIENTS; k++) {
            long scale = Math.round(SCALES[Zigzag.row(k)] * SCALES[Zigzag.column(k)] * (1 << 14));
            multipliers[k] = (short) ((quantisation[k] * scale + (1 << 11)) >> 12);
        }
        return multipliers;
    }

    /** Transforms a row of blocks of the component, and sets its coefficients to zero. */
    void transform(JpegComponent component, int blockRow) {
        int blocks = component.widthInBlocks;
        int lanes = blocks * BLOCK;
        makeRoom(lanes);
        for (int block = 0; block < blocks; block++) {
            dequantise(component, component.blockIndex(blockRow, block), block);
        }
        butterflies(lanes);
        columnsToRows(blocks);
        butterflies(lanes);
        for (int i = 0; i < BLOCK; i++) {
            toSamples(out[i], lanes);
        }
        pack(out[0], out[1], out[2], out[3], step[0], lanes);
        pack(out[4], out[5], out[6], out[7], step[1], lanes);
        store(component, blockRow);
    }

    private void makeRoom(int lanes) {
        if (in[0].length < lanes) {
            in = new int[BLOCK][lanes];
            out = new int[BLOCK][lanes];
            step = new int[BLOCK][lanes];
        }
        for (int[] row : in) {
            Arrays.fill(row, 0, lanes, 0);
        }
    }

    /** Scatters a block: the lanes of its columns lie as many places apart as there are blocks. */
    private void dequantise(JpegComponent component, int index, int lane) {
        short[] coefficients = component.coefficients;
        short[] multipliers = component.multipliers;
        int blocks = component.widthInBlocks;
        int last = component.lastNonZero[index];
        int from = index * COEFFICIENTS;
        for (int k = 0; k <= last; k++) {
            in[Zigzag.row(k)][Zigzag.column(k) * blocks + lane] = coefficients[from + k] * multipliers[k];
        }
        Arrays.fill(coefficients, from, from + last + 1, (short) 0);
        component.lastNonZero[index] = 0;
    }

    /** After the columns, the values of a row lie in one array; puts them in one lane of all. */
    private void columnsToRows(int blocks) {
        for (int row = 0; row < BLOCK; row++) {
            for (int column = 0; column < BLOCK; column++) {
                System.arraycopy(out[row], column * blocks, in[column], row * blocks, blocks);
            }
        }
    }

    private void store(JpegComponent component, int blockRow) {
        int blocks = component.widthInBlocks;
        for (int row = 0; row < BLOCK; row++) {
            int to = (blockRow * BLOCK + row) * component.stride();
            for (int block = 0; block < blocks; block++) {
                FOUR_SAMPLES.set(component.samples, to + block * BLOCK, step[0][row * blocks + block]);
                FOUR_SAMPLES.set(component.samples, to + block * BLOCK + 4, step[1][row * blocks + block]);
            }
        }
    }

    /** The transform of eight values, {@link #in} to {@link #out}, in every lane. */
    private void butterflies(int lanes) {
        int[] sum04 = step[0];
        int[] difference04 = step[1];
        int[] sum26 = step[2];
        int[] rotated26 = step[3];
        add(in[0], in[4], sum04, lanes);
        subtract(in[0], in[4], difference04, lanes);
        add(in[2], in[6], sum26, lanes);
        subtract(in[2], in[6], rotated26, lanes);
        scaleAndSubtract(rotated26, SQRT_2, sum26, rotated26, lanes);
        int[] even0 = out[0];
        int[] even1 = out[1];
        int[] even2 = out[2];
        int[] even3 = out[3];
        add(sum04, sum26, even0, lanes);
        add(difference04, rotated26, even1, lanes);
        subtract(difference04, rotated26, even2, lanes);
        subtract(sum04, sum26, even3, lanes);
        oddPart(lanes);
        int[] odd0 = step[4];
        int[] odd1 = step[5];
        int[] odd2 = step[6];
        int[] odd3 = step[7];
        subtract(even0, odd0, out[7], lanes);
        subtract(even1, odd1, out[6], lanes);
        subtract(even2, odd2, out[5], lanes);
        add(even3, odd3, out[4], lanes);
        add(even0, odd0, out[0], lanes);
        add(even1, odd1, out[1], lanes);
        add(even2, odd2, out[2], lanes);
        subtract(even3, odd3, out[3], lanes);
    }

    private void oddPart(int lanes) {
        int[] sum17 = step[0];
        int[] sum53 = step[1];
        int[] difference17 = step[2];
        int[] difference53 = step[3];
        add(in[1], in[7], sum17, lanes);
        add(in[5], in[3], sum53, lanes);
        subtract(in[1], in[7], difference17, lanes);
        subtract(in[5], in[3], difference53, lanes);
        int[] odd0 = step[4];
        int[] odd1 = step[5];
        int[] odd2 = step[6];
        int[] odd3 = step[7];
        add(sum17, sum53, odd0, lanes);
        // The rotation of the two differences: what both products share goes first.
        int[] shared = odd3;
        add(difference53, difference17, shared, lanes);
        scale(shared, COS_1, shared, lanes);
        scaleAndSubtract(difference53, ONE - COS_1_PLUS_COS_3, difference53, odd1, lanes);
        add(odd1, shared, odd1, lanes);
        subtract(odd1, odd0, odd1, lanes);
        subtract(sum17, sum53, odd2, lanes);
        scaleAndSubtract(odd2, SQRT_2, odd1, odd2, lanes);
        scaleAndSubtract(difference17, COS_1_MINUS_COS_3, shared, odd3, lanes);
        add(odd3, odd2, odd3, lanes);
    }

    private static void add(int[] a, int[] b, int[] to, int lanes) {
        for (int i = 0; i < lanes; i++) {
            to[i] = a[i] + b[i];
        }
    }

    private static void subtract(int[] a, int[] b, int[] to, int lanes) {
        for (int i = 0; i < lanes; i++) {
            to[i] = a[i] - b[i];
        }
    }

    /** The upper half of 16-bit products, the value moved up by two bits for precision and the constant by six. */
    private static void scale(int[] a, int constant, int[] to, int lanes) {
        int factor = constant << 6;
        for (int i = 0; i < lanes; i++) {
            to[i] = ((a[i] << 18 >> 16) * factor) >> 16;
        }
    }

    private static void scaleAndSubtract(int[] a, int constant, int[] b, int[] to, int lanes) {
        int factor = constant << 6;
        for (int i = 0; i < lanes; i++) {
            to[i] = (((a[i] << 18 >> 16) * factor) >> 16) - b[i];
        }
    }

    /** Drops the five bits after the binary point, and limits what is left to a byte. */
    private static void toSamples(int[] values, int lanes) {
        for (int i = 0; i < lanes; i++) {
            int sample = (values[i] << 16 >> 21) + 128;
            values[i] = ((sample & ~(sample >> 31)) | (255 - sample) >> 31) & 255;
        }
    }

    private static void pack(int[] a, int[] b, int[] c, int[] d, int[] to, int lanes) {
        for (int i = 0; i < lanes; i++) {
            to[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
        }
    }
}
