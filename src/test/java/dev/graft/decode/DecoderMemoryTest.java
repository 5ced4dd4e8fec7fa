package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderMemoryTest {
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

    /** By how many bytes the memory of a JVM grows that decodes the files again and again. */
    private long growth(List<Path> files) throws IOException, InterruptedException {
        Assumptions.assumeTrue(ChildJvm.knowsItsMemory(), "needs /proc to see the memory of a process");
        Path list = folder.resolve("files");
        Path result = folder.resolve("growth");
        Files.write(list, files.stream().map(Path::toString).toList());
        ChildJvm.run(DecodeAgainAndAgain.class, "512m", 5, folder, list.toString(), result.toString());
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
            long before = ChildJvm.residentBytes();
            for (int i = 0; i < PASSES; i++) {
                decodeAll(decoder, files);
            }
            Files.writeString(Path.of(arguments[1]), Long.toString(ChildJvm.residentBytes() - before));
        }

        private static void decodeAll(ImageDecoder decoder, List<String> files) throws IOException {
            for (String file : files) {
                decoder.decode(Files.readAllBytes(Path.of(file)));
            }
        }
    }
}
