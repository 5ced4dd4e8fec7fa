package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DecoderMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int PASSES = 5;
    private static final long ALLOWED_GROWTH = 100L << 20;

    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);

    @Test
    void decodingManyImagesKeepsTheResidentMemoryFlat() throws IOException {
        BufferedImage picture = Drawings.picture(1000, 800, BufferedImage.TYPE_INT_RGB);
        byte[] png = Drawings.encode(picture, "png");
        List<byte[]> files = List.of(
                Drawings.encode(picture, "jpeg"),
                png,
                Arrays.copyOf(png, png.length - 20),
                Drawings.encode(picture, "bmp"),
                Drawings.losslessWebp(picture));

        // 2.4 MB of pixels each: were they kept, a pass would add 100 times that.
        assertFlat(() -> {
            for (int i = 0; i < 100; i++) {
                decoder.decode(files.get(i % files.size()));
            }
        });
    }

    @Test
    void decodingTheCorpusKeepsTheResidentMemoryFlat() throws IOException {
        List<CorpusFile> corpus = CorpusFile.all();

        assertFlat(() -> {
            for (CorpusFile file : corpus) {
                decoder.decode(file.bytes());
            }
        });
    }

    private static void assertFlat(Pass pass) throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "needs /proc to see the memory of this process");
        pass.run();
        long before = residentBytes();
        for (int i = 0; i < PASSES; i++) {
            pass.run();
        }

        assertThat(residentBytes() - before).isLessThan(ALLOWED_GROWTH);
    }

    /** What the process has in memory beyond the heap of this Java, which grows as it likes. */
    private static long residentBytes() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmRSS:")) {
                long kibibytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
                return (kibibytes << 10) - Runtime.getRuntime().totalMemory();
            }
        }
        throw new IllegalStateException("no VmRSS in " + STATUS);
    }

    private interface Pass {
        void run() throws IOException;
    }
}
