package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int PASSES = 5;
    private static final long ALLOWED_GROWTH = 100L << 20;

    @TempDir
    Path folder;

    @Test
    void decodingManyImagesKeepsTheResidentMemoryFlat() throws IOException, InterruptedException {
        BufferedImage picture = Drawings.picture(1000, 800, BufferedImage.TYPE_INT_RGB);
        byte[] png = Drawings.encode(picture, "png");
        // 2.4 MB of pixels each: were they kept, the passes would add six times what is allowed.
        List<byte[]> files = List.of(
                Drawings.encode(picture, "jpeg"),
                png,
                Arrays.copyOf(png, png.length - 20),
                Drawings.encode(picture, "bmp"),
                Drawings.losslessWebp(picture));
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < 10 * files.size(); i++) {
            paths.add(Files.write(folder.resolve("picture" + i), files.get(i % files.size())));
        }

        assertThat(growth(paths)).isLessThan(ALLOWED_GROWTH);
    }

    @Test
    void decodingTheCorpusKeepsTheResidentMemoryFlat() throws IOException, InterruptedException {
        List<Path> paths = CorpusFile.all().stream().map(CorpusFile::path).toList();

        assertThat(growth(paths)).isLessThan(ALLOWED_GROWTH);
    }

    /** Decodes the files again and again in a Java whose heap is all there from the start: only the rest can grow. */
    private long growth(List<Path> files) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(STATUS), "needs /proc to see the memory of a process");
        Path list = folder.resolve("files");
        Path result = folder.resolve("growth");
        Files.write(list, files.stream().map(Path::toString).toList());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms512m",
                        "-Xmx512m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DecodeAgainAndAgain.class.getName(),
                        list.toString(),
                        result.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> "exit code; see " + folder.resolve("errors"))
                .isZero();
        return Long.parseLong(Files.readString(result));
    }

    /** Writes by how many bytes the process grew between the second pass over the files and the last. */
    static final class DecodeAgainAndAgain {
        private DecodeAgainAndAgain() {}

        public static void main(String[] arguments) throws IOException {
            List<String> files = Files.readAllLines(Path.of(arguments[0]));
            ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);
            decodeAll(decoder, files);
            decodeAll(decoder, files);
            long before = residentBytes();
            for (int i = 0; i < PASSES; i++) {
                decodeAll(decoder, files);
            }
            Files.writeString(Path.of(arguments[1]), Long.toString(residentBytes() - before));
        }

        private static void decodeAll(ImageDecoder decoder, List<String> files) throws IOException {
            for (String file : files) {
                decoder.decode(Files.readAllBytes(Path.of(file)));
            }
        }

        private static long residentBytes() throws IOException {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
                }
            }
            throw new IllegalStateException("no VmRSS in " + STATUS);
        }
    }
}
