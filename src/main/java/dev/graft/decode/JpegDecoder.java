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
 */
final class JpegDecoder {
    private static final VarHandle PIXEL = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** A buffer larger than this is not kept for the next image. */
    private static final int LARGEST_KEPT = 1 << 24;

    private static final int MOST_COMPONENTS = 4;

    private final InverseDct transform = new InverseDct();
    private final short[][] coefficients = new short[MOST_COMPONENTS][0];
    private final byte[][] samples = new byte[MOST_COMPONENTS][0];

    RgbImage decode(byte[] encoded, ImageHeader header) throws RejectedException {
        JpegMarkers markers = new JpegMarkers(encoded);
        JpegFrame frame = markers.readFrame();
        if (frame.coding() == JpegFrame.Coding.ARITHMETIC) {
            return OpenCvDecoder.decode(encoded, header);
        }
        JpegColours colours = JpegColours.of(frame, markers.tables());
        JpegScan scan = markers.scan();
        boolean isWhole =
                scan.parts().size() == frame.components().size() && frame.coding() == JpegFrame.Coding.SEQUENTIAL;
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
        do {
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
        for (int i = 0; i < MOST_COMPONENTS; i++) {
            coefficients[i] = coefficients[i].length > LARGEST_KEPT ? new short[0] : coefficients[i];
            samples[i] = samples[i].length > LARGEST_KEPT ? new byte[0] : samples[i];
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
