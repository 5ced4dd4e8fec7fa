package dev.graft.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the marker segments of a JPEG file (ITU T.81, annex B) from scan to scan. What is an error, and what is
 * overlooked, is as in libjpeg.
 */
final class JpegMarkers {
    static final int SOF0 = 0xC0;
    static final int RST0 = 0xD0;
    private static final int SOF1 = 0xC1;
    private static final int SOF2 = 0xC2;
    private static final int DHT = 0xC4;
    private static final int SOF9 = 0xC9;
    private static final int SOF10 = 0xCA;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST7 = 0xD7;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DNL = 0xDC;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    private static final int TEM = 0x01;

    private static final int AFTER_START_OF_IMAGE = 2;
    private static final int BITS_A_SAMPLE = 8;
    private static final int MOST_IN_SCAN = 4;

    private final byte[] bytes;
    private final ByteCursor cursor;
    private final JpegTables tables = new JpegTables();
    private @Nullable JpegFrame frame;
    private @Nullable JpegScan scan;

    /** @param bytes begin with the marker SOI */
    JpegMarkers(byte[] bytes) {
        this.bytes = bytes;
        this.cursor = new ByteCursor(bytes, AFTER_START_OF_IMAGE);
    }

    static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    /** Where the code of the next marker stands, from {@code position} on; -1 when there is none. */
    static int nextMarker(byte[] bytes, int position) {
        for (int i = position + 1; i < bytes.length; i++) {
            if (bytes[i - 1] == (byte) 0xFF && bytes[i] != 0 && bytes[i] != (byte) 0xFF) {
                return i;
            }
        }
        return -1;
    }

    /** No fewer scans than the bytes have, however a decoder gets from one to the next. */
    static long mostScans(byte[] bytes) {
        long scans = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == (byte) SOS && bytes[i - 1] == (byte) 0xFF) {
                scans++;
            }
        }
        return scans;
    }

    JpegTables tables() {
        return tables;
    }

    /** Reads up to the first scan and gives the frame. */
    JpegFrame readFrame() throws RejectedException {
        if (!readToScan(0) || frame == null) {
            throw RejectedException.corrupt("there is no image between the start and the end");
        }
        return frame;
    }

    /** The scan that was last read to; its entropy-coded data begin at {@link #position()}. */
    JpegScan scan() {
        if (scan == null) {
            throw new IllegalStateException("no scan was read to");
        }
        return scan;
    }

    int position() {
        return cursor.position();
    }

    /** Goes on behind a scan; false when there is no further one. */
    boolean readToNextScan(JpegBits behind) throws RejectedException {
        cursor.moveTo(behind.position());
        return readToScan(behind.marker());
    }

    /** @param unread a marker that was met and not yet dealt with, 0 for none */
    private boolean readToScan(int unread) throws RejectedException {
        int marker = unread;
        while (true) {
            if (marker == 0) {
                marker = nextMarker();
            }
            if (marker == EOI) {
                return false;
            }
            if (marker == SOS) {
                scan = readScan();
                return true;
            }
            readSegment(marker);
            marker = 0;
        }
    }

    private int nextMarker() throws RejectedException {
        int found = nextMarker(bytes, cursor.position());
        if (found < 0) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " bytes, before its end marker");
        }
        cursor.moveTo(found + 1);
        return bytes[found] & 0xFF;
    }

    private void readSegment(int marker) throws RejectedException {
        if (isRestart(marker) || marker == TEM) {
            return;
        }
        switch (marker) {
            case SOF0, SOF1 -> readFrame(JpegFrame.Coding.SEQUENTIAL);
            case SOF2 -> readFrame(JpegFrame.Coding.PROGRESSIVE);
            case SOF9, SOF10 -> readFrame(JpegFrame.Coding.ARITHMETIC);
            case DHT -> tables.readHuffmanCodes(cursor);
            case DQT -> tables.readQuantisations(cursor);
            case DRI -> tables.readRestartInterval(cursor);
            case APP0 -> tables.readJfif(cursor);
            case APP14 -> tables.readAdobe(cursor);
            case DAC, DNL, COM -> skipSegment();
            default -> readOtherSegment(marker);
        }
    }

    private void readOtherSegment(int marker) throws RejectedException {
        if (marker > APP0 && marker <= APP15) {
            skipSegment();
        } else if (marker > SOF0 && marker <= SOF15) {
            throw RejectedException.unsupported(
                    String.format(Locale.ROOT, "JPEG coding process %d (0, 1, 2, 9 or 10)", marker - SOF0));
        } else {
            throw RejectedException.corrupt(String.format(
                    Locale.ROOT, "marker FF%02X at byte %d is unknown or out of place", marker, cursor.position() - 2));
        }
    }

    private void skipSegment() throws RejectedException {
        int length = cursor.bigEndianShort();
        cursor.skip(Math.max(0, length - 2));
    }

    private void readFrame(JpegFrame.Coding coding) throws RejectedException {
        int length = cursor.bigEndianShort();
        int bits = cursor.unsignedByte();
        int height = cursor.bigEndianShort();
        int width = cursor.bigEndianShort();
        int count = cursor.unsignedByte();
        if (frame != null) {
            throw RejectedException.corrupt("there are two frame headers");
        }
        if (height == 0 || width == 0 || count == 0 || length != 8 + 3 * count) {
            throw RejectedException.corrupt("a frame of " + width + "x" + height + ", " + count
                    + " components, in a header of " + length + " bytes");
        }
        if (bits != BITS_A_SAMPLE) {
            throw RejectedException.unsupported("JPEG with " + bits + " bits a sample (8)");
        }
        frame = new JpegFrame(coding, width, height, readComponents(count));
    }

    private List<JpegComponent> readComponents(int count) throws RejectedException {
        List<JpegComponent> components = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int id = cursor.unsignedByte();
            int sampling = cursor.unsignedByte();
            components.add(new JpegComponent(id, sampling >> 4, sampling & 0xF, cursor.unsignedByte()));
        }
        return components;
    }

    private JpegScan readScan() throws RejectedException {
        if (frame == null) {
            throw RejectedException.corrupt("a scan comes before the frame header");
        }
        int length = cursor.bigEndianShort();
        int count = cursor.unsignedByte();
        if (count < 1 || count > MOST_IN_SCAN || length != 6 + 2 * count) {
            throw RejectedException.corrupt("a scan of " + count + " components in a header of " + length + " bytes");
        }
        List<JpegScan.Part> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            JpegComponent component = component(frame, cursor.unsignedByte(), parts);
            int numbers = cursor.unsignedByte();
            parts.add(new JpegScan.Part(component, numbers >> 4, numbers & 0xF));
        }
        int first = cursor.unsignedByte();
        int last = cursor.unsignedByte();
        int approximation = cursor.unsignedByte();
        return new JpegScan(List.copyOf(parts), first, last, approximation >> 4, approximation & 0xF);
    }

    /**
     * The component with the id. Scans give components in the order of the frame, so the first place to look is the
     * number of those taken; of several components with one id each is found in turn.
     */
    private static JpegComponent component(JpegFrame frame, int id, List<JpegScan.Part> taken)
            throws RejectedException {
        for (int i = taken.size(); i < Math.min(frame.components().size(), MOST_IN_SCAN); i++) {
            JpegComponent component = frame.components().get(i);
            if (component.id == id && taken.stream().noneMatch(part -> part.component() == component)) {
                return component;
            }
        }
        throw RejectedException.corrupt(
                "a scan has the component " + id + ", missing in the frame or out of its order");
    }
}
