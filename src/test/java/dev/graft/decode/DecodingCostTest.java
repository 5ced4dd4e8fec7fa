package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecodingCostTest {
    private static final long PIXELS = 4000L * 3000;
    private static final long BLOCKS = PIXELS / 64;

    /** What libwebp holds for a group of prefix codes without a colour cache: 2,954 entries of four bytes, and itself. */
    private static final long GROUP = 2954 * 4 + 600;

    static List<Arguments> costs() {
        byte[] webp = Bombs.losslessWebp(4000, 3000);
        byte[] png = Bombs.png(4000, 3000);
        byte[] arithmetic = Bombs.arithmeticJpeg(4000, 3000);
        long rows = 4 * 4 * 4000;
        // Three components: 64 coefficients of two bytes, 64 samples and a byte for each block.
        long coefficients = 3 * BLOCKS * (2 * 64 + 64 + 1);
        return List.of(
                Arguments.of(Bombs.progressiveJpeg(4000, 3000, 2), 3 * PIXELS + coefficients + rows, 0L),
                Arguments.of(arithmetic, 3 * PIXELS, 3 * PIXELS + coefficients + rows + arithmetic.length),
                Arguments.of(png, 3 * PIXELS + 4L * png.length, 3 * PIXELS + png.length),
                Arguments.of(webp, 3 * PIXELS + webp.length, 8 * PIXELS + 2L * webp.length + GROUP),
                Arguments.of(Bombs.gif(4000, 3000), 4 * PIXELS, 0L),
                Arguments.of(Bombs.rleBmp(4000, 3000), 4 * PIXELS, 0L));
    }

    @ParameterizedTest
    @MethodSource("costs")
    void costIsThatOfFormatAndHeader(byte[] file, long heap, long outside) throws RejectedException {
        assertThat(DecodingCost.of(file, ImageHeader.parse(file))).isEqualTo(new DecodingCost(heap, outside));
    }

    @Test
    void sequentialJpegHoldsTheCoefficientsOfOneRow() throws RejectedException {
        byte[] jpeg = Drawings.jpeg(1600, 1200);

        DecodingCost cost = DecodingCost.of(jpeg, ImageHeader.parse(jpeg));

        // With chroma at half of the width and height: 1.5 samples and 3 bytes of colour a pixel, and a row of MCUs.
        assertThat(cost.bytes()).isBetween(1600L * 1200 * 9 / 2, 1600L * 1200 * 9 / 2 + 1600 * 80);
    }

    @Test
    void moreThanTheBudgetIsTooExpensive() {
        ImageDecoder decoder = decoder("decode.max-image-memory=100 MiB");

        assertThat(decoder.decode(Bombs.progressiveJpeg(4000, 3000, 0)))
                .isEqualTo(new Rejected(
                        RejectReason.TOO_EXPENSIVE,
                        "4000x3000 pixels of this JPEG take 144626500 bytes to decode"
                                + " (decode.max-image-memory = 104857600)"));
        assertThat(decoder.decode(Bombs.progressiveJpeg(2000, 2000, 0))).isInstanceOf(RgbImage.class);
    }

    @Test
    void tablesOfWebpAreAllocatedForEachGroupOfCodes() throws RejectedException {
        byte[] webp = Bombs.webpOfGroups();

        assertThat(DecodingCost.of(webp, ImageHeader.parse(webp)).outside())
                .isEqualTo(8L * 1024 * 1024 + 2L * webp.length + 65_536 * GROUP);
        assertThat(decoder().decode(webp))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(RejectReason.TOO_EXPENSIVE));
    }

    /** Photos as OpenCV encodes them: with transforms, colour caches and codes of every kind. */
    @Test
    void losslessWebpOfEveryKindIsReadAsFarAsItsGroups() throws RejectedException {
        for (int colours : new int[] {1, 2, 4, 8}) {
            byte[] webp = Drawings.losslessWebp(Drawings.palettePicture(301, 203, colours));

            assertThat(WebpFile.tableBytes(webp, ImageHeader.parse(webp))).isBetween(GROUP, 100 * GROUP);
            assertThat(decoder().decode(webp)).isInstanceOf(RgbImage.class);
        }
        byte[] photo = Drawings.losslessWebp(Drawings.picture(640, 480, BufferedImage.TYPE_INT_RGB));
        assertThat(WebpFile.tableBytes(photo, ImageHeader.parse(photo))).isBetween(GROUP, 3000 * GROUP);
    }

    @Test
    void scansWithoutDataAreBoundedTogether() {
        ImageDecoder decoder = decoder();
        Rejected tooExpensive = new Rejected(
                RejectReason.TOO_EXPENSIVE, "the scans of this JPEG go over more than 100000000 blocks together");

        assertThat(decoder.decode(Bombs.progressiveJpeg(512, 512, 1000))).isInstanceOf(RgbImage.class);
        assertThat(decoder.decode(Bombs.arithmeticJpeg(512, 512, 1000))).isInstanceOf(RgbImage.class);
        assertThat(decoder.decode(Bombs.progressiveJpeg(2000, 2000, 100_000))).isEqualTo(tooExpensive);
        assertThat(decoder.decode(Bombs.arithmeticJpeg(2000, 2000, 1000))).isEqualTo(tooExpensive);
        // However small the picture is: a million headers are work, too.
        assertThat(decoder.decode(Bombs.progressiveJpeg(8, 8, 1_000_000))).isEqualTo(tooExpensive);
    }

    @Test
    void memoryIsGivenBackWhateverBecomesOfTheImage() {
        ImageDecoder decoder = decoder();
        ImageMemory.pixels().reachFor(512L << 20);
        long pixels = ImageMemory.pixels().freeBytes();
        long outside = ImageMemory.outside().freeBytes();

        decoder.decode(Bombs.png(3000, 3000));
        decoder.decode(Drawings.pngHeader(100, 100));
        decoder.decode(Bombs.progressiveJpeg(2000, 2000, 100_000));

        assertThat(ImageMemory.pixels().freeBytes()).isEqualTo(pixels);
        assertThat(ImageMemory.outside().freeBytes()).isEqualTo(outside);
    }

    private static ImageDecoder decoder(String... assignments) {
        return new ImageDecoder(DecodeSettings.from(Settings.load(List.of(), List.of(assignments))));
    }
}
