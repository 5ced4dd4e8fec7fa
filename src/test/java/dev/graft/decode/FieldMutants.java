package dev.graft.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** GIF, BMP and WebP files with other values in the fields of their headers, and lengths that are right again. */
final class FieldMutants {
    private static final int[] USUAL = {0, 1, 2, 3, 4, 7, 8, 12, 16, 24, 32, 40, 64, 127, 128, 255};
    private static final int BMP_FIELDS = 70;
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    private final SplittableRandom random;

    FieldMutants(SplittableRandom random) {
        this.random = random;
    }

    /** The fields of screen, colour table and frame, the code size, and codes. */
    byte[] ofGif(byte[] file) {
        byte[] changed = file.clone();
        int table = (file[10] & 0x80) == 0 ? 0 : 3 << (file[10] & 7) + 1;
        int frame = frameAt(file, 13 + table);
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> changed[6 + random.nextInt(7)] = value();
                case 1 -> put(changed, frame + 1 + random.nextInt(8), (byte) random.nextInt(16));
                case 2 -> put(changed, frame + 9, value());
                case 3 -> put(changed, frame + 10, (byte) random.nextInt(14));
                default -> put(changed, frame + 11 + random.nextInt(20), value());
            }
        }
        return changed;
    }

    private static int frameAt(byte[] file, int from) {
        int at = from;
        while (at < file.length - 1 && file[at] != ',') {
            at++;
        }
        return at;
    }

    /** Any field of the header, the palette, pixels or codes. */
    byte[] ofBmp(byte[] file) {
        byte[] changed = file.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int end = random.nextBoolean() ? Math.min(BMP_FIELDS, file.length) : file.length;
            put(changed, 10 + random.nextInt(end - 10), value());
        }
        return changed;
    }

    /** Flags and size of a header before the picture, bits of the picture after its own header, or another length. */
    byte[] ofWebp(byte[] file) {
        ByteBuffer picture = ByteBuffer.wrap(file, RIFF_HEADER, file.length - RIFF_HEADER);
        byte[] extended = random.nextInt(4) == 0 ? extendedHeader(file) : new byte[0];
        ByteBuffer changed = ByteBuffer.allocate(file.length + extended.length).order(ByteOrder.LITTLE_ENDIAN);
        changed.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        changed.putInt(changed.capacity() - CHUNK_HEADER);
        changed.put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(extended).put(picture);
        int chunk = RIFF_HEADER + extended.length;
        if (random.nextInt(8) == 0) {
            changed.putInt(chunk + 4, random.nextInt(2 * file.length));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            // After the signature and the size: codes of codes, transforms, colour caches.
            int end = random.nextInt(4) == 0 ? Math.min(changed.capacity(), chunk + 40) : changed.capacity();
            int at = chunk + 13 + random.nextInt(end - chunk - 13);
            changed.put(at, (byte) (changed.get(at) ^ 1 << random.nextInt(Byte.SIZE)));
        }
        return changed.array();
    }

    /** Any flags; mostly the size of the picture, whose first bytes after the signature hold it less one. */
    private byte[] extendedHeader(byte[] file) {
        int size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(RIFF_HEADER + CHUNK_HEADER + 1);
        ByteBuffer header = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        header.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10);
        header.put((byte) random.nextInt()).put(new byte[3]);
        header.put((byte) (size & 0x3FFF)).putShort((short) 0);
        header.put((byte) (random.nextInt(4) == 0 ? random.nextInt(32) : size >> 14))
                .putShort((short) 0);
        return header.array();
    }

    private byte value() {
        return (byte) (random.nextBoolean() ? USUAL[random.nextInt(USUAL.length)] : random.nextInt());
    }

    private static void put(byte[] bytes, int at, byte value) {
        if (at < bytes.length) {
            bytes[at] = value;
        }
    }
}
