package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY
            })
    void everyColourKindOfPngKeepsItsPixels(int type) {
        BufferedImage picture = Drawings.picture(61, 40, type);

        assertPixels(picture, Drawings.encode(picture, "png"), type == BufferedImage.TYPE_BYTE_GRAY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void paletteOfEveryDepthIsLookedUp(int bits) {
        BufferedImage picture = Drawings.palettePicture(37, 19, bits);

        assertPixels(picture, Drawings.encode(picture, "png"), false);
    }

    @Test
    void sixteenBitsAreCutToTheUpperEight() {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setSample(0, 0, 0, 0x12FF);
        picture.getRaster().setSample(1, 0, 0, 0xFE01);

        assertThat(decoded(Drawings.encode(picture, "png")).rgb())
                .isEqualTo(new byte[] {0x12, 0x12, 0x12, (byte) 0xFE, (byte) 0xFE, (byte) 0xFE});
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY})
    void bmpKeepsItsPixels(int type) {
        BufferedImage picture = Drawings.picture(61, 40, type);

        assertPixels(picture, Drawings.encode(picture, "bmp"), false);
    }

    @Test
    void gifKeepsItsPixels() {
        BufferedImage picture = Drawings.palettePicture(300, 200, 8);

        assertPixels(picture, Drawings.encode(picture, "gif"), false);
    }

    @Test
    void losslessWebpKeepsItsPixels() {
        BufferedImage picture = Drawings.picture(61, 40, BufferedImage.TYPE_INT_RGB);

        assertPixels(picture, Drawings.losslessWebp(picture), false);
    }

    @Test
    void jpegOfEveryKindIsCloseToWhatWasDrawn() {
        BufferedImage colour = Drawings.picture(123, 77, BufferedImage.TYPE_INT_RGB);
        BufferedImage grey = Drawings.picture(123, 77, BufferedImage.TYPE_BYTE_GRAY);

        assertThat(meanDifference(colour, Drawings.encode(colour, "jpeg"))).isLessThan(4);
        assertThat(meanDifference(colour, Drawings.progressiveJpeg(colour))).isLessThan(4);
        assertThat(greyDifference(grey, Drawings.encode(grey, "jpeg"))).isLessThan(4);
        assertThat(greyDifference(grey, Drawings.progressiveJpeg(grey))).isLessThan(4);
    }

    @Test
    void progressiveJpegGivesThePixelsOfTheSequentialOne() {
        BufferedImage picture = Drawings.picture(123, 77, BufferedImage.TYPE_INT_RGB);

        assertThat(decoded(Drawings.progressiveJpeg(picture)).rgb())
                .isEqualTo(decoded(Drawings.encode(picture, "jpeg")).rgb());
    }

    @Test
    void fourComponentsWithoutAdobeSegmentAreInk() {
        byte[] jpeg = Drawings.fourComponentJpeg(flatInk());

        assertThat(decoded(jpeg).rgb()[0] & 0xFF).isCloseTo(155 * 205 / 255, within(2));
        assertThat(decoded(jpeg).rgb()[1] & 0xFF).isCloseTo(255 * 205 / 255, within(2));
        assertThat(decoded(jpeg).rgb()[2] & 0xFF).isCloseTo(55 * 205 / 255, within(2));
    }

    @Test
    void fourComponentsWithAdobeSegmentAreInvertedInk() {
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] jpeg = Drawings.insert(Drawings.fourComponentJpeg(flatInk()), 2, adobe);

        assertThat(decoded(jpeg).rgb()[0] & 0xFF).isCloseTo(100 * 50 / 255, within(2));
        assertThat(decoded(jpeg).rgb()[1] & 0xFF).isZero();
        assertThat(decoded(jpeg).rgb()[2] & 0xFF).isCloseTo(200 * 50 / 255, within(2));
    }

    @Test
    void orientationIsIgnored() {
        byte[] jpeg = Drawings.jpeg(64, 32);
        byte[] rotated = Drawings.insert(jpeg, 2, exifWithOrientation(6));

        assertThat(decoded(rotated).width()).isEqualTo(64);
        assertThat(decoded(rotated).rgb()).isEqualTo(decoded(jpeg).rgb());
    }

    @Test
    void bytesAfterTheEndOfAJpegAreIgnored() {
        byte[] jpeg = Drawings.jpeg(64, 32);
        byte[] padded = Arrays.copyOf(jpeg, jpeg.length + 1000);

        assertThat(decoded(padded).rgb()).isEqualTo(decoded(jpeg).rgb());
    }

    @Test
    void jpegWithoutHuffmanTablesUsesTheStandardOnes() {
        byte[] jpeg = Drawings.jpeg(64, 32);
        int table = JpegMarkers.nextMarker(jpeg, 2);
        while ((jpeg[table] & 0xFF) != 0xC4) {
            table = JpegMarkers.nextMarker(jpeg, table + 1);
        }
        int length = (jpeg[table + 1] & 0xFF) << 8 | (jpeg[table + 2] & 0xFF);
        byte[] bare = Drawings.without(jpeg, table - 1, table + 1 + length);

        assertThat(decoded(bare).rgb()).isEqualTo(decoded(jpeg).rgb());
    }

    @Test
    void noBytesAreRejectedAsEmpty() {
        assertRejected(new byte[0], RejectReason.EMPTY, "0 bytes");
    }

    @Test
    void unknownBytesAreRejected() {
        assertRejected(
                "<html>not found".getBytes(StandardCharsets.US_ASCII),
                RejectReason.UNKNOWN_FORMAT,
                "begins like HTML or XML, such as an error page (JPEG, PNG, GIF, BMP or WebP)");
    }

    @Test
    void moreBytesThanAllowedAreRejected() {
        DecodeSettings small = DecodeSettings.from(Settings.load(List.of(), List.of("decode.max-bytes=10")));

        assertThat(new ImageDecoder(small).decode(new byte[11]))
                .isEqualTo(new Rejected(RejectReason.TOO_LARGE, "11 bytes (decode.max-bytes = 10)"));
    }

    @Test
    void hugeSizeIsRejectedByTheHeaderAlone() {
        assertRejected(
                Drawings.pngHeader(100_000, 90_000),
                RejectReason.TOO_MANY_PIXELS,
                "100000x90000 pixels (decode.max-pixels = 10000000)");
    }

    @Test
    void truncatedJpegIsRejectedWhereverItIsCut() {
        byte[] jpeg = Drawings.jpeg(200, 150);
        byte[] progressive = Drawings.progressiveJpeg(Drawings.picture(200, 150, BufferedImage.TYPE_INT_RGB));

        assertTruncatedWhereverCut(jpeg, 4);
        assertTruncatedWhereverCut(progressive, 4);
    }

    @Test
    void truncatedPngIsRejectedWhereverItIsCut() {
        assertTruncatedWhereverCut(Drawings.encode(Drawings.picture(50, 30, BufferedImage.TYPE_INT_RGB), "png"), 8);
    }

    @Test
    void truncatedBmpIsRejectedWhereverItIsCut() {
        assertTruncatedWhereverCut(Drawings.encode(Drawings.picture(20, 10, BufferedImage.TYPE_INT_RGB), "bmp"), 2);
    }

    @Test
    void truncatedWebpIsRejectedWhereverItIsCut() {
        assertTruncatedWhereverCut(Drawings.losslessWebp(Drawings.picture(50, 30, BufferedImage.TYPE_INT_RGB)), 12);
    }

    @Test
    void truncatedGifIsRejected() {
        byte[] gif = Drawings.encode(Drawings.palettePicture(300, 200, 8), "gif");

        assertThat(rejected(Arrays.copyOf(gif, gif.length / 2)).reason()).isEqualTo(RejectReason.TRUNCATED);
    }

    @Test
    void wrongChecksumIsRejectedAsCorrupt() {
        byte[] png = Drawings.encode(Drawings.picture(50, 30, BufferedImage.TYPE_INT_RGB), "png");
        png[png.length / 2] ^= 1;

        assertThat(rejected(png).reason()).isEqualTo(RejectReason.CORRUPT);
        assertThat(rejected(png).detail()).startsWith("the checksum of the chunk IDAT at byte ");
    }

    @Test
    void losslessJpegIsUnsupported() {
        byte[] jpeg = Drawings.jpeg(64, 32);
        int frame = JpegMarkers.nextMarker(jpeg, 2);
        while ((jpeg[frame] & 0xFF) != 0xC0) {
            frame = JpegMarkers.nextMarker(jpeg, frame + 1);
        }
        jpeg[frame] = (byte) 0xC3;

        assertRejected(jpeg, RejectReason.UNSUPPORTED, "JPEG coding process 3 (0, 1, 2, 9 or 10)");
    }

    @Test
    void changedBytesAreDecodedOrRejectedButNeverThrow() {
        byte[][] files = {
            Drawings.jpeg(40, 30),
            Drawings.progressiveJpeg(Drawings.picture(40, 30, BufferedImage.TYPE_INT_RGB)),
            Drawings.encode(Drawings.palettePicture(40, 30, 8), "gif"),
            Drawings.encode(Drawings.picture(40, 30, BufferedImage.TYPE_INT_RGB), "png"),
            Drawings.losslessWebp(Drawings.picture(40, 30, BufferedImage.TYPE_INT_RGB)),
            Drawings.encode(Drawings.palettePicture(40, 30, 8), "bmp")
        };
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            byte[] changed = files[i % files.length].clone();
            for (int change = 0; change <= i % 5; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }

            assertThat(decoder.decode(changed)).isNotNull();
        }
    }

    private RgbImage decoded(byte[] encoded) {
        Decoded decoded = decoder.decode(encoded);
        assertThat(decoded).isInstanceOf(RgbImage.class);
        return (RgbImage) decoded;
    }

    private Rejected rejected(byte[] encoded) {
        Decoded decoded = decoder.decode(encoded);
        assertThat(decoded).isInstanceOf(Rejected.class);
        return (Rejected) decoded;
    }

    private void assertRejected(byte[] encoded, RejectReason reason, String detail) {
        assertThat(decoder.decode(encoded)).isEqualTo(new Rejected(reason, detail));
    }

    private void assertTruncatedWhereverCut(byte[] file, int from) {
        for (int length = from; length < file.length; length += 1 + file.length / 300) {
            assertThat(decoder.decode(Arrays.copyOf(file, length)))
                    .as("the first %d of %d bytes", length, file.length)
                    .isInstanceOfSatisfying(
                            Rejected.class, cut -> assertThat(cut.reason()).isEqualTo(RejectReason.TRUNCATED));
        }
    }

    private void assertPixels(BufferedImage expected, byte[] encoded, boolean isGrey) {
        RgbImage image = decoded(encoded);
        assertThat(image.width()).isEqualTo(expected.getWidth());
        assertThat(image.height()).isEqualTo(expected.getHeight());
        assertThat(image.rgb()).isEqualTo(isGrey ? samples(expected) : Drawings.rgb(expected));
    }

    /** Grey samples as they are stored; {@link BufferedImage#getRGB} would convert them from linear light. */
    private static byte[] samples(BufferedImage grey) {
        byte[] rgb = new byte[grey.getWidth() * grey.getHeight() * RgbImage.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            rgb[i] = (byte) grey.getRaster().getSample(pixel % grey.getWidth(), pixel / grey.getWidth(), 0);
        }
        return rgb;
    }

    private double meanDifference(BufferedImage drawn, byte[] encoded) {
        return meanDifference(Drawings.rgb(drawn), decoded(encoded).rgb());
    }

    private double greyDifference(BufferedImage drawn, byte[] encoded) {
        return meanDifference(samples(drawn), decoded(encoded).rgb());
    }

    private static double meanDifference(byte[] expected, byte[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
        }
        return sum / expected.length;
    }

    private static WritableRaster flatInk() {
        WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        int[] ink = {100, 0, 200, 50};
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, ink);
            }
        }
        return raster;
    }

    private static byte[] exifWithOrientation(int orientation) {
        byte[] tiff = {
            'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0, 0, 0, 0, 0
        };
        byte[] header = {(byte) 0xFF, (byte) 0xE1, 0, (byte) (8 + tiff.length), 'E', 'x', 'i', 'f', 0, 0};
        return Drawings.insert(header, header.length, tiff);
    }

    private static Offset<Integer> within(int distance) {
        return Offset.offset(distance);
    }
}
