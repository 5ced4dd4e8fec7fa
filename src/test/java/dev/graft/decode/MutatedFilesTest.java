package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the corpus with bits flipped, cut short, or put together from two: none crashes, hangs or leaks. */
@Tag("long")
class MutatedFilesTest {
    private static final int FILES = 20_000;
    /** Until then buffers grow to the largest image that there is. */
    private static final int WARM_UP = 4_000;

    private static final long ALLOWED_GROWTH = 100L << 20;
    private static final long SLOWEST_SECONDS = 30;
    private static final int LIMIT_MINUTES = 20;

    @TempDir
    Path folder;

    @Test
    void twentyThousandMutatedFilesAreDecodedOrRejected() throws IOException, InterruptedException {
        Assumptions.assumeTrue(ChildJvm.knowsItsMemory(), "needs /proc to see the memory of a process");
        Path list = folder.resolve("files");
        Path result = folder.resolve("result");
        Files.write(
                list,
                CorpusFile.all().stream().map(file -> file.path().toString()).toList());
        ChildJvm.run(DecodeMutated.class, "1g", LIMIT_MINUTES, folder, list.toString(), result.toString());

        Properties found = new Properties();
        try (var in = Files.newBufferedReader(result)) {
            found.load(in);
        }
        long decoded = Long.parseLong(found.getProperty("decoded"));
        long rejected = Long.parseLong(found.getProperty("rejected"));
        assertThat(decoded + rejected).isEqualTo(FILES);
        assertThat(decoded).isGreaterThan(FILES / 100);
        assertThat(rejected).isGreaterThan(FILES / 10);
        assertThat(Long.parseLong(found.getProperty("slowestMillis"))).isLessThan(SLOWEST_SECONDS * 1000);
        assertThat(Long.parseLong(found.getProperty("growth"))).isLessThan(ALLOWED_GROWTH);
    }

    /** Decodes mutated files and writes what came of it; whatever is thrown ends it, with the number of the file. */
    static final class DecodeMutated {
        private DecodeMutated() {}

        public static void main(String[] arguments) throws IOException {
            List<byte[]> corpus = new ArrayList<>();
            for (String file : Files.readAllLines(Path.of(arguments[0]))) {
                corpus.add(Files.readAllBytes(Path.of(file)));
            }
            ImageDecoder decoder = new ImageDecoder(
                    DecodeSettings.from(Settings.load(List.of(), List.of("decode.max-pixels=10000000"))));
            long decoded = 0;
            long slowest = 0;
            long before = 0;
            for (int number = 0; number < FILES; number++) {
                if (number == WARM_UP) {
                    before = ChildJvm.residentBytes();
                }
                byte[] mutated = mutated(corpus, new SplittableRandom(number));
                long start = System.nanoTime();
                if (decode(decoder, mutated, number) instanceof RgbImage) {
                    decoded++;
                }
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
            Files.write(
                    Path.of(arguments[1]),
                    List.of(
                            "decoded=" + decoded,
                            "rejected=" + (FILES - decoded),
                            "slowestMillis=" + TimeUnit.NANOSECONDS.toMillis(slowest),
                            "growth=" + (ChildJvm.residentBytes() - before)));
        }

        private static Decoded decode(ImageDecoder decoder, byte[] mutated, int number) {
            try {
                return decoder.decode(mutated);
            } catch (RuntimeException e) {
                throw new IllegalStateException("Mutated file " + number + " cannot be decoded or rejected", e);
            }
        }

        private static byte[] mutated(List<byte[]> corpus, SplittableRandom random) {
            byte[] file = corpus.get(random.nextInt(corpus.size())).clone();
            return switch (random.nextInt(3)) {
                case 0 -> flipped(file, random);
                case 1 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
                default -> spliced(file, corpus.get(random.nextInt(corpus.size())), random);
            };
        }

        /** A few bits, near the beginning as often as anywhere: headers are there. */
        private static byte[] flipped(byte[] file, SplittableRandom random) {
            int flips = file.length == 0 ? 0 : 1 + random.nextInt(16);
            for (int i = 0; i < flips; i++) {
                int end = random.nextBoolean() ? file.length : Math.min(file.length, 512);
                file[random.nextInt(end)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            return file;
        }

        /** The beginning of one and the end of another. */
        private static byte[] spliced(byte[] file, byte[] other, SplittableRandom random) {
            int kept = random.nextInt(file.length + 1);
            int from = random.nextInt(other.length + 1);
            byte[] both = Arrays.copyOf(file, kept + other.length - from);
            System.arraycopy(other, from, both, kept, other.length - from);
            return both;
        }
    }
}
