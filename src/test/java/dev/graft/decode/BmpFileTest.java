package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BmpFileTest {
    private static final byte[] NOTHING = {};
    private static final byte[] BLACK_AND_WHITE = {0, 0, 0, 0, -1, -1, -1, 0};
    private static final int MILLION = 1_000_000;

    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);

    @Test
    void bitmapsThatOpenCvReadsKeepItsPixels() throws IOException {
        assertPixels(Bitmaps.ofOpenCv());
    }

    @Test
    void bitmapsThatOnlyTensorFlowReadsHaveItsPixels() throws IOException {
        assertPixels(Bitmaps.ofTensorFlow());
    }

    @Test
    void channelsOfSixteenBitsAreNotFilledUp() {
        byte[] red = {0, 0x7C, 0, 0};

        assertThat(rgb(Bitmaps.file(40, 1, 1, 16, 0, 0, NOTHING, red)))
                .containsExactly((byte) 0xF8, (byte) 0, (byte) 0);
    }

    @Test
    void indexBeyondThePaletteIsBlack() {
        byte[] pixels = {1, (byte) 200, 0, 0};

        assertThat(rgb(Bitmaps.file(40, 2, 1, 8, 0, 2, BLACK_AND_WHITE, pixels)))
                .containsExactly((byte) -1, (byte) -1, (byte) -1, (byte) 0, (byte) 0, (byte) 0);
    }

    @Test
    void whatRunsSkipHasTheFirstColour() {
        byte[] palette = {10, 20, 30, 0, -1, -1, -1, 0};
        byte[] oneThenTheEnd = {1, 1, 0, 1};

        byte[] rgb = rgb(Bitmaps.file(40, 2, 2, 8, 1, 2, palette, oneThenTheEnd));

        // The lower row comes first.
        assertThat(rgb).containsExactly(30, 20, 10, 30, 20, 10, -1, -1, -1, 30, 20, 10);
    }

    @Test
    void runPastTheEndOfItsRowIsRejected() {
        assertRejected(
                Bitmaps.file(40, 2, 2, 8, 1, 2, BLACK_AND_WHITE, new byte[] {3, 1, 0, 1}),
                RejectReason.CORRUPT,
                "a run of 3 pixels at 0 of a row of 2");
    }

    @Test
    void runsThatEndBeforeThePictureAreTruncated() {
        assertRejected(
                Bitmaps.file(40, 2, 2, 8, 1, 2, BLACK_AND_WHITE, new byte[] {2, 1}),
                RejectReason.TRUNCATED,
                "the file ends after 64 bytes, 1 short of what is announced at byte 64");
    }

    @Test
    void variantsThatNobodyReadsAreUnsupported() {
        assertRejected(
                Bitmaps.file(40, 4, 1, 2, 0, 0, BLACK_AND_WHITE, new byte[4]),
                RejectReason.UNSUPPORTED,
                "BMP of 2 bits a pixel with compression 0 and a header of 40 bytes");
        assertRejected(
                Bitmaps.file(40, 1, 1, 16, 3, 0, new byte[12], new byte[4]),
                RejectReason.UNSUPPORTED,
                "BMP of 16 bits a pixel with compression 3 and a header of 40 bytes");
        assertRejected(
                Bitmaps.file(16, 1, 1, 4, 0, 0, BLACK_AND_WHITE, new byte[4]),
                RejectReason.UNSUPPORTED,
                "BMP of 4 bits a pixel with compression 0 and a header of 16 bytes");
        assertRejected(
                Bitmaps.file(40, 1, 1, 24, 4, 0, NOTHING, new byte[4]),
                RejectReason.UNSUPPORTED,
                "BMP compression 4 (0 to 3, or 6)");
        assertRejected(
                Bitmaps.file(14, 1, 1, 24, 0, 0, new byte[8], new byte[4]),
                RejectReason.UNSUPPORTED,
                "BMP header of 14 bytes (12, or from 16)");
    }

    @Test
    void paletteOfMoreColoursThanValuesIsRejectedWhereNoValueCouldBeGrey() {
        assertRejected(
                Bitmaps.file(40, 1, 1, 4, 0, 257, new byte[4 * 257], new byte[4]),
                RejectReason.CORRUPT,
                "BMP palette of 257 colours (up to 256, all of them in the file)");
    }

    @Test
    void pixelsThatAreNotThereAskForNoMemory() {
        byte[] file = Bitmaps.file(40, 700 * MILLION, 1, 24, 0, 0, NOTHING, new byte[4]);

        assertThatThrownBy(() -> BmpFile.decode(file))
                .hasMessage("TRUNCATED: the file ends after 58 of 2100000054 bytes");
    }

    private void assertPixels(Map<String, List<byte[]>> kinds) throws IOException {
        Properties expected = new Properties();
        try (InputStream in = Objects.requireNonNull(BmpFileTest.class.getResourceAsStream("bitmaps.properties"))) {
            expected.load(in);
        }
        kinds.forEach((kind, files) -> assertThat(digest(files)).as(kind).isEqualTo(expected.getProperty(kind)));
    }

    private String digest(List<byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] file : files) {
                digest.update(rgb(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] rgb(byte[] file) {
        Decoded decoded = decoder.decode(file);
        assertThat(decoded).as(decoded.toString()).isInstanceOf(RgbImage.class);
        return ((RgbImage) decoded).rgb();
    }

    private void assertRejected(byte[] file, RejectReason reason, String detail) {
        assertThat(decoder.decode(file)).isEqualTo(new Rejected(reason, detail));
        assertThat(decoder.decode(Arrays.copyOf(file, 30))).isInstanceOf(Rejected.class);
    }
}
