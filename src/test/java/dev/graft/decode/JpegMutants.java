package dev.graft.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** JPEG files with segments and scans in another order or number, and with other tables, frames and scan scripts. */
final class JpegMutants {
    private static final int DHT = 0xC4;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int EOI = 0xD9;
    private static final int[] MARKERS = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA, DHT, 0xCC, 0xD0, DQT, DRI, 0xE0, 0xEE, 0xFE};

    /** A marker, what its length covers, and for a scan its coded data. */
    private record Segment(int marker, byte[] data, byte[] coded) {
        Segment with(byte[] other) {
            return new Segment(marker, other, coded);
        }
    }

    private final SplittableRandom random;

    JpegMutants(SplittableRandom random) {
        this.random = random;
    }

    byte[] of(byte[] file) {
        List<Segment> segments = segments(file);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(segments.size());
            Segment segment = segments.get(at);
            switch (random.nextInt(6)) {
                case 0 -> segments.add(random.nextInt(segments.size()), segment);
                case 1 -> segments.set(at, segments.set(random.nextInt(segments.size()), segment));
                case 2 -> segments.add(at, new Segment(DRI, new byte[] {0, (byte) random.nextInt(5)}, new byte[0]));
                case 3 -> repeat(segments, segment);
                default -> segments.set(at, changed(segment));
            }
        }
        return file(segments);
    }

    /** A scan again and again, as scripts that never end do. */
    private void repeat(List<Segment> segments, Segment segment) {
        if (segment.marker() == SOS) {
            for (int i = random.nextInt(200); i >= 0; i--) {
                segments.add(segment);
            }
        }
    }

    private Segment changed(Segment segment) {
        byte[] data = segment.data().clone();
        if (random.nextInt(8) == 0) {
            return new Segment(MARKERS[random.nextInt(MARKERS.length)], data, segment.coded());
        }
        if (random.nextInt(8) == 0) {
            return segment.with(Arrays.copyOf(data, random.nextInt(data.length + 8)));
        }
        if (segment.marker() == DHT && data.length > 17) {
            // How many codes there are of each length.
            data[1 + random.nextInt(16)] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
        } else if (data.length > 0) {
            data[random.nextInt(Math.min(data.length, 20))] = (byte) random.nextInt(random.nextBoolean() ? 8 : 256);
        }
        return segment.with(data);
    }

    private static List<Segment> segments(byte[] file) {
        List<Segment> segments = new ArrayList<>();
        int at = 2;
        while (at + 4 <= file.length && (file[at + 1] & 0xFF) != EOI) {
            int marker = file[at + 1] & 0xFF;
            int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
            int end = at + 2 + length;
            int next = marker == SOS ? endOfCoded(file, end) : end;
            segments.add(
                    new Segment(marker, Arrays.copyOfRange(file, at + 4, end), Arrays.copyOfRange(file, end, next)));
            at = next;
        }
        return segments;
    }

    private static int endOfCoded(byte[] file, int from) {
        int at = from;
        while (at + 1 < file.length && !(file[at] == -1 && file[at + 1] != 0 && (file[at + 1] & 0xF8) != 0xD0)) {
            at++;
        }
        return at;
    }

    private static byte[] file(List<Segment> segments) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {-1, (byte) 0xD8});
        for (Segment segment : segments) {
            int length = segment.data().length + 2;
            file.writeBytes(new byte[] {-1, (byte) segment.marker(), (byte) (length >> 8), (byte) length});
            file.writeBytes(segment.data());
            file.writeBytes(segment.coded());
        }
        file.writeBytes(new byte[] {-1, (byte) EOI});
        return file.toByteArray();
    }
}
