package dev.graft.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.graft.pretrain.KerasWeightsWriter;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDF5 files whose sizes, counts, pointers and dimensions are wrong: each is read, or refused in one message. */
class DamagedWeightsTest {
    private static final Layout MINI = Layout.of(Architecture.XCEPTION_MINI, 1, 64, "block2");
    private static final int ROUNDS = 500;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long[] ODD = {0, 1, -1, 1 << 16, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE};

    @TempDir
    private static Path directory;

    private static byte[] whole;

    @BeforeAll
    static void write() throws IOException {
        Path file = directory.resolve("whole.h5");
        KerasWeightsWriter.write(Base.untrained(MINI), MINI, file);
        whole = Files.readAllBytes(file);
    }

    @Test
    void everyDamageIsRefusedInOneMessage() throws IOException {
        Random random = new Random(14);
        List<Integer> numbers = numbers();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(2); i >= 0; i--) {
                damage(damaged, numbers, random);
            }
            int length = random.nextInt(10) == 0 ? random.nextInt(whole.length) : whole.length;
            refused += isRefused(damaged, length, round) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
    }

    /** Places whose number may be a pointer, a size or a count: small, or all ones. */
    private static List<Integer> numbers() {
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at + Long.BYTES <= whole.length; at++) {
            long number = bytes.getLong(at);
            if (number == -1 || (number > 0 && number <= whole.length)) {
                numbers.add(at);
            }
        }
        return numbers;
    }

    private static void damage(byte[] damaged, List<Integer> numbers, Random random) {
        ByteBuffer bytes = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
        int at = numbers.get(random.nextInt(numbers.size()));
        switch (random.nextInt(5)) {
            case 0 -> bytes.putLong(at, ODD[random.nextInt(ODD.length)]);
            case 1 -> bytes.putInt(at, (int) ODD[random.nextInt(ODD.length)]);
            case 2 -> bytes.putLong(at, bytes.getLong(numbers.get(random.nextInt(numbers.size()))));
            case 3 -> bytes.putLong(at, random.nextInt(damaged.length));
            default -> bytes.put(at, (byte) random.nextInt());
        }
    }

    private static boolean isRefused(byte[] damaged, int length, int round) throws IOException {
        Path file = directory.resolve("damaged.h5");
        Files.write(file, java.util.Arrays.copyOf(damaged, length));
        long start = System.nanoTime();
        try (KerasWeights weights = KerasWeights.open(file, "w.h5")) {
            readLikeABase(weights);
            return false;
        } catch (InvalidInputException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "(?s)Cannot read (weights w.h5: it is not an HDF5 file as Keras writes with"
                                    + " save_weights.*|.* from w.h5: its values are .*, not 32 bit floats; save the model in float32)");
            return true;
        } catch (RuntimeException | Error e) {
            return fail("round " + round, e);
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("round %d", round)
                    .isLessThan(LONGEST);
        }
    }

    /** Values are read where the shape is that of the network. */
    private static void readLikeABase(KerasWeights weights) throws IOException {
        try (KerasWeights expected = KerasWeights.open(directory.resolve("whole.h5"), "whole")) {
            for (String layer : expected.layers()) {
                for (String weight : expected.weights(layer)) {
                    if (weights.shape(layer, weight).equals(expected.shape(layer, weight))) {
                        weights.values(layer, weight);
                    }
                }
            }
        }
    }

    @Test
    void aFileOfAnotherKindLeavesNothingBehind() throws IOException {
        Path file = Files.write(directory.resolve("half.h5"), java.util.Arrays.copyOf(whole, whole.length / 2));
        BaseSettings settings = new BaseSettings(
                Architecture.XCEPTION_MINI,
                Optional.of(file.toString()),
                Optional.empty(),
                Optional.of(64),
                Optional.of("block2"),
                1);
        assertThatThrownBy(() -> Base.open(settings, new org.apache.hadoop.conf.Configuration()))
                .isInstanceOf(InvalidInputException.class);
    }
}
