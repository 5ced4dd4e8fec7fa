package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PngFileTest {
    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;

    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);
    private final byte[] indexed = Drawings.encode(Drawings.palettePicture(37, 19, 8), "png");
    private final byte[] colours = Drawings.encode(Drawings.picture(37, 19, BufferedImage.TYPE_INT_RGB), "png");

    @Test
    void paletteBehindThePixelsIsNone() {
        List<byte[]> chunks = chunks(indexed);
        chunks.add(chunks.size() - 1, chunks.remove(at(chunks, "PLTE")));

        assertThat(decoder.decode(file(chunks)))
                .isEqualTo(new Rejected(RejectReason.CORRUPT, "PNG data that cannot be decoded"));
    }

    @Test
    void secondPaletteIsCorrupt() {
        List<byte[]> chunks = chunks(indexed);
        int palette = at(chunks, "PLTE");
        chunks.add(palette, chunks.get(palette));

        assertThatThrownBy(() -> PngFile.criticalChunks(file(chunks)))
                .hasMessageMatching("CORRUPT: a second PNG chunk PLTE, at byte \\d+");
    }

    @Test
    void secondHeaderIsCorrupt() {
        List<byte[]> chunks = chunks(colours);
        chunks.add(1, chunks.get(0));

        assertThatThrownBy(() -> PngFile.criticalChunks(file(chunks)))
                .hasMessage("CORRUPT: a second PNG chunk IHDR, at byte 33");
    }

    /** Of what is there thousands of times, one chunk is decoded, or none. */
    @Test
    void chunksThatComeAgainAndAgainAreLeftOutOrPutTogether() throws RejectedException {
        List<byte[]> chunks = chunks(colours);
        byte[] palette = chunks(indexed).get(at(chunks(indexed), "PLTE"));
        chunks.addAll(1, Collections.nCopies(1_000, palette));
        int pixels = at(chunks, "IDAT");
        chunks.addAll(pixels, Collections.nCopies(10_000, empty("IDAT")));

        assertThat(((RgbImage) decoder.decode(file(chunks))).rgb())
                .isEqualTo(((RgbImage) decoder.decode(colours)).rgb());
        assertThat(chunks(PngFile.criticalChunks(file(chunks)))).hasSize(3);
    }

    /** Pixels end where another chunk comes; what follows, whole or not, is none of them. */
    @Test
    void pixelsBehindAnotherChunkAreNotRead() throws RejectedException {
        List<byte[]> chunks = chunks(colours);
        byte[] broken = empty("IDAT");
        broken[broken.length - 1] ^= 1;
        chunks.addAll(chunks.size() - 1, List.of(empty("tEXt"), broken));

        assertThat(PngFile.criticalChunks(file(chunks))).isEqualTo(PngFile.criticalChunks(colours));
    }

    private static List<byte[]> chunks(byte[] png) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = SIGNATURE; at < png.length; ) {
            int length = AROUND_DATA + ByteBuffer.wrap(png).getInt(at);
            chunks.add(Arrays.copyOfRange(png, at, at + length));
            at += length;
        }
        return chunks;
    }

    private static int at(List<byte[]> chunks, String name) {
        for (int i = 0; i < chunks.size(); i++) {
            if (new String(chunks.get(i), 4, 4, StandardCharsets.US_ASCII).equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no " + name);
    }

    private static byte[] empty(String name) {
        CRC32 checksum = new CRC32();
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        checksum.update(letters);
        return ByteBuffer.allocate(AROUND_DATA)
                .putInt(0)
                .put(letters)
                .putInt((int) checksum.getValue())
                .array();
    }

    private byte[] file(List<byte[]> chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(colours, 0, SIGNATURE);
        chunks.forEach(file::writeBytes);
        return file.toByteArray();
    }
}
