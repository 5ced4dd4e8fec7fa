package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.SharedReference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with another structure, whose checksums and lengths are right: each is decoded or rejected, in time and in
 * little memory. In a process of its own, whose C library looks for damage of its heap.
 */
class HostileFilesTest {
    private static final List<String> FORMATS = List.of("png", "jpeg", "gif", "bmp", "webp");
    private static final int FEW = 6_000;
    private static final int MANY = 100_000;
    private static final int MOST_PIXELS = 1_000_000;
    private static final long SLOWEST_MILLIS = 10_000;
    private static final long MOST_MEMORY = 1L << 30;

    @TempDir
    Path folder;

    @Test
    void fewFilesWithAnotherStructureAreDecodedOrRejected() throws IOException, InterruptedException {
        decodeMutants(FEW, 3);
    }

    @Test
    @Tag("long")
    void manyFilesWithAnotherStructureAreDecodedOrRejected() throws IOException, InterruptedException {
        decodeMutants(MANY, 20);
    }

    /** CVE-2023-4863; one decode may go well, whatever it wrote to. */
    @Test
    void webpWhoseTablesOverflowDamagesNothing() throws IOException, InterruptedException {
        Path file = SharedReference.path("hostile/bad.webp");

        ChildJvm.runWithMallocChecks(DecodeAgain.class, "512m", 3, folder, file.toString(), "3000");
    }

    private void decodeMutants(int files, int minutes) throws IOException, InterruptedException {
        Assumptions.assumeTrue(ChildJvm.knowsItsMemory(), "needs /proc to see the memory of a process");
        Path result = folder.resolve("result");
        ChildJvm.runWithMallocChecks(
                DecodeMutants.class, "512m", minutes, folder, Integer.toString(files), result.toString());

        Properties found = new Properties();
        try (var in = Files.newBufferedReader(result)) {
            found.load(in);
        }
        for (String format : FORMATS) {
            // A mutator whose files are all refused, or none, attacks nothing.
            int each = files / FORMATS.size();
            assertThat(number(found, format)).as(format).isBetween(each / 20L, each - each / 20L);
        }
        assertThat(number(found, "slowestMillis")).isLessThan(SLOWEST_MILLIS);
        assertThat(number(found, "memory")).isLessThan(MOST_MEMORY);
    }

    private static long number(Properties found, String name) {
        return Long.parseLong(found.getProperty(name));
    }

    /** Decodes files of all formats in turn; whatever is thrown ends it, with the number of the file. */
    static final class DecodeMutants {
        private static final List<List<byte[]>> SEEDS = seeds();

        private DecodeMutants() {}

        public static void main(String[] arguments) throws IOException {
            int files = Integer.parseInt(arguments[0]);
            ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS.withMaxPixels(MOST_PIXELS));
            int[] decoded = new int[FORMATS.size()];
            long slowest = 0;
            for (int number = 0; number < files; number++) {
                byte[] mutant = mutant(number);
                long start = System.nanoTime();
                if (decode(decoder, mutant, number) instanceof RgbImage) {
                    decoded[number % FORMATS.size()]++;
                }
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
            List<String> result = new ArrayList<>();
            for (int i = 0; i < decoded.length; i++) {
                result.add(FORMATS.get(i) + "=" + decoded[i]);
            }
            result.add("slowestMillis=" + TimeUnit.NANOSECONDS.toMillis(slowest));
            result.add("memory=" + ChildJvm.mostResidentBytes());
            Files.write(Path.of(arguments[1]), result);
        }

        private static Decoded decode(ImageDecoder decoder, byte[] mutant, int number) {
            try {
                return decoder.decode(mutant);
            } catch (RuntimeException e) {
                throw new IllegalStateException("Mutant " + number + " cannot be decoded or rejected", e);
            }
        }

        private static byte[] mutant(int number) {
            SplittableRandom random = new SplittableRandom(number);
            int format = number % SEEDS.size();
            List<byte[]> seeds = SEEDS.get(format);
            byte[] seed = seeds.get(random.nextInt(seeds.size()));
            return switch (format) {
                case 0 -> new PngMutants(random).of(seed);
                case 1 -> new JpegMutants(random).of(seed);
                case 2 -> new FieldMutants(random).ofGif(seed);
                case 3 -> new FieldMutants(random).ofBmp(seed);
                default -> new FieldMutants(random).ofWebp(seed);
            };
        }

        private static List<List<byte[]>> seeds() {
            BufferedImage picture = Drawings.picture(37, 23, BufferedImage.TYPE_INT_RGB);
            BufferedImage grey = Drawings.picture(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            BufferedImage palette = Drawings.palettePicture(20, 10, 4);
            List<byte[]> bitmaps = new ArrayList<>();
            Bitmaps.ofOpenCv().values().forEach(kind -> bitmaps.add(kind.get(12)));
            Bitmaps.ofTensorFlow().values().forEach(kind -> bitmaps.add(kind.get(12)));
            byte[] sequential = Drawings.encode(picture, "jpeg");
            return List.of(
                    List.of(
                            Drawings.encode(picture, "png"),
                            Drawings.encode(grey, "png"),
                            Drawings.encode(palette, "png")),
                    List.of(
                            sequential,
                            Drawings.encode(grey, "jpeg"),
                            Drawings.progressiveJpeg(picture),
                            arithmetic(sequential)),
                    List.of(Drawings.encode(palette, "gif"), Drawings.encode(Drawings.palettePicture(9, 9, 8), "gif")),
                    bitmaps,
                    List.of(
                            Drawings.losslessWebp(picture),
                            Drawings.losslessWebp(palette),
                            Drawings.encodeWithOpenCv(picture, ".webp", opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 80)));
        }

        /** Arithmetic coding has no invalid codes: any data will do. */
        private static byte[] arithmetic(byte[] sequential) {
            byte[] file = sequential.clone();
            int frame = JpegMarkers.nextMarker(file, 2);
            while ((file[frame] & 0xFF) != 0xC0) {
                frame = JpegMarkers.nextMarker(file, frame + 1);
            }
            file[frame] = (byte) 0xC9;
            return file;
        }
    }

    /** Decodes one file many times; it has to be rejected each time. */
    static final class DecodeAgain {
        private DecodeAgain() {}

        public static void main(String[] arguments) throws IOException {
            byte[] file = Files.readAllBytes(Path.of(arguments[0]));
            ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                assertThat(decoder.decode(file)).isInstanceOf(Rejected.class);
            }
        }
    }
}
