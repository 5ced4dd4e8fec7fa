package dev.graft.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes Huffman-coded JPEG files, sequential and progressive, to the very bytes that {@code tf.io.decode_image} gives
 * (libjpeg-turbo, fast integer transform, fancy upsampling). OpenCV's own decoder uses the accurate transform, which
 * gives other pixels; it is left the arithmetic-coded files, which hardly exist. Keeps its buffers; one per thread.
 *
 * <p>What a scan costs is not in its bytes: a scan without any still goes over all blocks. So the blocks of all scans
 * together are bounded.
 */
final class JpegDecoder {
    private static final VarHandle PIXEL = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Buffers that are larger than this together are not kept for the next image: nobody counts them then. */
    static final int LARGEST_KEPT_BYTES = 1 << 23;

    /**
     * Blocks that all scans of a file may have together. The largest pictures in the longest scripts of jpegtran and
     * mozjpeg stay far below: 40 million pixels in 20 scans have 19 million.
     */
    private static final long MOST_BLOCKS = 100_000_000;

    /** What the header of a scan, and the tables that go before it, cost at least, in blocks. */
    private static final int BLOCKS_OF_HEADER = 500;

    private static final int MOST_COMPONENTS = 4;

    private final InverseDct transform = new InverseDct();
    private final short[][] coefficients = new short[MOST_COMPONENTS][0];
    private final byte[][] samples = new byte[MOST_COMPONENTS][0];

    RgbImage decode(byte[] encoded, ImageHeader header) throws RejectedException {
        JpegMarkers markers = new JpegMarkers(encoded);
        JpegFrame frame = markers.readFrame();
        if (frame.coding() == JpegFrame.Coding.ARITHMETIC) {
            checkArithmetic(encoded, frame);
            return OpenCvDecoder.decode(encoded, header);
        }
        JpegColours colours = JpegColours.of(frame, markers.tables());
        JpegScan scan = markers.scan();
        boolean isWhole = scan.hasAll(frame) && frame.coding() == JpegFrame.Coding.SEQUENTIAL;
        try {
            giveBuffers(frame, isWhole);
            if (isWhole) {
                readWhole(encoded, markers, frame);
            } else {
                readScans(encoded, markers, frame);
            }
            return toImage(frame, colours);
        } finally {
            dropLargeBuffers();
        }
    }

    /**
     * Bounds the work before it begins, since nothing ends it later. Every pair of bytes that may begin a scan counts as
     * one of the whole frame; entropy-coded data cannot hold such a pair.
     */
    private static void checkArithmetic(byte[] encoded, JpegFrame frame) throws RejectedException {
        if (frame.components().size() > MOST_COMPONENTS) {
            throw RejectedException.unsupported(
                    "JPEG with " + frame.components().size() + " components (at most " + MOST_COMPONENTS + ")");
        }
        checkWork(JpegMarkers.mostScans(encoded) * (frame.blocks() + BLOCKS_OF_HEADER));
    }

    private static void checkWork(long blocks) throws RejectedException {
        if (blocks > MOST_BLOCKS) {
            throw new RejectedException(
                    RejectReason.TOO_EXPENSIVE,
                    "the scans of this JPEG go over more than " + MOST_BLOCKS + " blocks together");
        }
    }

    /** One scan has everything: each row of MCUs is transformed as soon as it is read. */
    private void readWhole(byte[] encoded, JpegMarkers markers, JpegFrame frame) throws RejectedException {
        JpegBits bits = new JpegBits(encoded, markers.position());
        JpegScanReader reader = scanReader(markers, frame, bits);
        for (int row = 0; row < frame.mcuRows(); row++) {
            reader.readMcuRow(row);
            transformMcuRow(frame, row);
        }
        if (markers.readToNextScan(bits)) {
            throw RejectedException.corrupt("a second scan follows a scan that has everything");
        }
    }

    private void readScans(byte[] encoded, JpegMarkers markers, JpegFrame frame) throws RejectedException {
        JpegBits bits;
        long blocks = 0;
        do {
            blocks += markers.scan().blocks(frame) + BLOCKS_OF_HEADER;
            checkWork(blocks);
            bits = new JpegBits(encoded, markers.position());
            JpegScanReader reader = scanReader(markers, frame, bits);
            for (int row = 0; row < frame.mcuRows(); row++) {
                reader.readMcuRow(row);
            }
        } while (markers.readToNextScan(bits));
        for (int row = 0; row < frame.mcuRows(); row++) {
            transformMcuRow(frame, row);
        }
    }

    private static JpegScanReader scanReader(JpegMarkers markers, JpegFrame frame, JpegBits bits)
            throws RejectedException {
        for (JpegScan.Part part : markers.scan().parts()) {
            JpegComponent component = part.component();
            if (!component.isQuantised) {
                component.isQuantised = true;
                component.multipliers = InverseDct.multipliers(markers.tables().quantisation(component.quantisation));
            }
        }
        return new JpegScanReader(frame, markers.scan(), markers.tables(), bits);
    }

    private void giveBuffers(JpegFrame frame, boolean isWhole) {
        for (int i = 0; i < frame.components().size(); i++) {
            JpegComponent component = frame.components().get(i);
            component.blockRowsHeld = component.vertical * (isWhole ? 1 : frame.mcuRows());
            int blocks = component.blocksPerRow * component.blockRowsHeld;
            coefficients[i] = zeros(coefficients[i], blocks * JpegComponent.COEFFICIENTS);
            component.coefficients = coefficients[i];
            component.lastNonZero = new byte[blocks];
            int size = component.stride() * component.heightInBlocks * JpegComponent.BLOCK;
            samples[i] = samples[i].length >= size ? samples[i] : new byte[size];
            component.samples = samples[i];
        }
    }

    private static short[] zeros(short[] kept, int size) {
        if (kept.length < size) {
            return new short[size];
        }
        Arrays.fill(kept, 0, size, (short) 0);
        return kept;
    }

    private void dropLargeBuffers() {
        long bytes = 0;
        for (int i = 0; i < MOST_COMPONENTS; i++) {
            bytes += (long) coefficients[i].length * Short.BYTES + samples[i].length;
        }
        if (bytes > LARGEST_KEPT_BYTES) {
            Arrays.fill(coefficients, new short[0]);
            Arrays.fill(samples, new byte[0]);
        }
    }

    private void transformMcuRow(JpegFrame frame, int row) {
        for (JpegComponent component : frame.components()) {
            int end = Math.min((row + 1) * component.vertical, component.heightInBlocks);
            for (int blockRow = row * component.vertical; blockRow < end; blockRow++) {
                transform.transform(component, blockRow);
            }
        }
    }

    private static RgbImage toImage(JpegFrame frame, JpegColours colours) {
        List<JpegComponent> components = frame.components();
        int rowBytes = frame.width() * RgbImage.CHANNELS;
        byte[] rgb = new byte[frame.height() * rowBytes];
        int[][] rows = new int[components.size()][frame.width() + MOST_COMPONENTS];
        int[] pixels = new int[frame.width()];
        JpegUpsampling[] upsamplings = new JpegUpsampling[components.size()];
        for (int i = 0; i < upsamplings.length; i++) {
            upsamplings[i] = JpegUpsampling.of(components.get(i));
        }
        for (int y = 0; y < frame.height(); y++) {
            for (int i = 0; i < upsamplings.length; i++) {
                upsamplings[i].toRow(components.get(i), y, rows[i]);
            }
            colours.toPixels(rows, frame.width(), pixels);
            store(pixels, frame.width(), rgb, y * rowBytes);
        }
        return new RgbImage(frame.width(), frame.height(), rgb);
    }

    /** Four bytes are written for each pixel, three of which count; only the last pixel has no room for the fourth. */
    private static void store(int[] pixels, int width, byte[] rgb, int at) {
        for (int x = 0; x < width - 1; x++) {
            PIXEL.set(rgb, at + RgbImage.CHANNELS * x, pixels[x]);
        }
        int last = pixels[width - 1];
        int to = at + RgbImage.CHANNELS * (width - 1);
        rgb[to] = (byte) last;
        rgb[to + 1] = (byte) (last >> 8);
        rgb[to + 2] = (byte) (last >> 16);
    }
}
