package dev.graft.decode;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** PNG files with chunks, header, palette or rows changed, and every checksum right again. */
final class PngMutants {
    private static final int SIGNATURE = 8;
    private static final List<String> TYPES = List.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "acTL", "zTXt", "ABCD");

    private record Chunk(String type, byte[] data) {
        boolean is(String other) {
            return type.equals(other);
        }
    }

    private final SplittableRandom random;

    PngMutants(SplittableRandom random) {
        this.random = random;
    }

    byte[] of(byte[] file) {
        List<Chunk> chunks = chunks(file);
        for (int change = random.nextInt(3); change >= 0; change--) {
            switch (random.nextInt(5)) {
                case 0 -> chunks.add(random.nextInt(chunks.size()), chunks.get(random.nextInt(chunks.size())));
                case 1 -> chunks.remove(random.nextInt(chunks.size()));
                case 2 -> replace(chunks, "IHDR", this::header);
                case 3 -> replace(chunks, "IDAT", this::rows);
                default -> {
                    int at = random.nextInt(chunks.size());
                    chunks.set(at, changed(chunks.get(at)));
                }
            }
            if (chunks.isEmpty()) {
                return file;
            }
        }
        return file(file, chunks);
    }

    private interface Change {
        byte[] of(byte[] data);
    }

    private static void replace(List<Chunk> chunks, String type, Change change) {
        chunks.replaceAll(chunk -> chunk.is(type) ? new Chunk(type, change.of(chunk.data())) : chunk);
    }

    /** Another type, another length, or other bytes. */
    private Chunk changed(Chunk chunk) {
        return switch (random.nextInt(3)) {
            case 0 -> new Chunk(TYPES.get(random.nextInt(TYPES.size())), chunk.data());
            case 1 -> new Chunk(chunk.type(), Arrays.copyOf(chunk.data(), random.nextInt(chunk.data().length + 8)));
            default -> new Chunk(chunk.type(), bytesChanged(chunk.data()));
        };
    }

    /** Small sizes mostly: large ones are refused before anything is decoded. */
    private byte[] header(byte[] data) {
        byte[] header = Arrays.copyOf(data, 13);
        switch (random.nextInt(5)) {
            case 0 -> header[3] = (byte) random.nextInt();
            case 1 -> header[7] = (byte) random.nextInt();
            case 2 -> header[8] = (byte) (1 << random.nextInt(5));
            case 3 -> header[9] = (byte) random.nextInt(7);
            default -> header[12] = (byte) random.nextInt(3);
        }
        return header;
    }

    /** The rows with other filters, other bytes, or more or fewer of them, compressed anew. */
    private byte[] rows(byte[] data) {
        byte[] rows = inflated(data);
        return deflated(
                random.nextBoolean() ? bytesChanged(rows) : Arrays.copyOf(rows, random.nextInt(2 * rows.length + 1)));
    }

    private byte[] bytesChanged(byte[] data) {
        byte[] changed = data.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(random.nextBoolean() ? 8 : 256);
        }
        return changed;
    }

    private static List<Chunk> chunks(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer from = ByteBuffer.wrap(file).position(SIGNATURE);
        while (from.remaining() >= 12) {
            byte[] data = new byte[from.getInt()];
            byte[] type = new byte[4];
            from.get(type).get(data).getInt();
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    private static byte[] file(byte[] original, List<Chunk> chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(original, 0, SIGNATURE);
        try (DataOutputStream out = new DataOutputStream(file)) {
            for (Chunk chunk : chunks) {
                byte[] type = chunk.type().getBytes(StandardCharsets.US_ASCII);
                CRC32 checksum = new CRC32();
                checksum.update(type);
                checksum.update(chunk.data());
                out.writeInt(chunk.data().length);
                out.write(type);
                out.write(chunk.data());
                out.writeInt((int) checksum.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static byte[] inflated(byte[] data) {
        Inflater inflater = new Inflater();
        inflater.setInput(data);
        byte[] rows = new byte[1 << 16];
        try {
            return Arrays.copyOf(rows, inflater.inflate(rows));
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflated(byte[] rows) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] data = new byte[rows.length + 64];
        int length = deflater.deflate(data);
        deflater.end();
        return Arrays.copyOf(data, length);
    }
}
