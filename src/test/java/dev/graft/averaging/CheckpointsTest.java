package dev.graft.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private final Path directory;
    private final Checkpoints checkpoints;
    private final List<String> notes = new ArrayList<>();

    CheckpointsTest(@TempDir Path directory) {
        this.directory = directory.resolve("checkpoints");
        this.checkpoints = Checkpoints.in(this.directory.toUri().toString(), new Configuration(), notes::add);
    }

    @Test
    void whatIsWrittenIsReadBitForBit() {
        Checkpoint written = checkpoint(2);
        checkpoints.write(written);

        Checkpoint read = checkpoints.latest().orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void whatIsNotANumberSurvives() throws IOException {
        Epoch unscored = new Epoch(1, 0.5, new Score(10, 0.5, 0.75, Double.NaN), Score.NONE, 1, 1, 1);
        Checkpoint written = new Checkpoint(List.of(unscored), new float[0], new float[0], 1, new float[0]);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.write(bytes);

        assertThat(Checkpoint.read(new ByteArrayInputStream(bytes.toByteArray()), bytes.size())
                        .epochs())
                .containsExactly(unscored);
    }

    @Test
    void theLatestTwoAreKept() throws IOException {
        for (int epoch = 1; epoch <= 4; epoch++) {
            checkpoints.write(checkpoint(epoch));
        }

        assertThat(names()).containsExactly("epoch-000003.checkpoint", "epoch-000004.checkpoint");
        assertThat(checkpoints.latest().orElseThrow().epochs()).hasSize(4);
    }

    @Test
    void halfACheckpointIsPassedOver() throws IOException {
        checkpoints.write(checkpoint(1));
        checkpoints.write(checkpoint(2));
        Path newest = directory.resolve("epoch-000002.checkpoint");
        byte[] whole = Files.readAllBytes(newest);
        Files.delete(directory.resolve(".epoch-000002.checkpoint.crc"));

        Files.write(newest, Arrays.copyOf(whole, whole.length - 10));
        assertThat(checkpoints.latest().orElseThrow().epochs()).hasSize(1);
        assertThat(notes)
                .containsExactly(
                        "Warning: checkpoint file:" + newest + " is skipped: it is damaged",
                        "training goes on from file:" + directory.resolve("epoch-000001.checkpoint"));
        whole[whole.length / 2] ^= 1;
        Files.write(newest, whole);
        assertThat(checkpoints.latest().orElseThrow().epochs()).hasSize(1);
        for (int length : new int[] {0, 1, 40, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> Checkpoint.read(new ByteArrayInputStream(whole, 0, length), length))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("it is damaged");
        }
    }

    @Test
    void aHeaderThatCannotBeTrueIsPassedOver() throws IOException {
        checkpoints.write(checkpoint(1));
        Path newest = directory.resolve("epoch-000002.checkpoint");
        List<String> headers = List.of(
                "{'epochs':[],'iteration':1,'parameters':-1,'updaterState':0,'best':0}",
                "{'epochs':[],'iteration':1,'parameters':-2147483648,'updaterState':2147483647,'best':1}",
                "{'epochs':[],'iteration':1,'parameters':2147483647,'updaterState':0,'best':0}",
                "{'epochs':[],'iteration':1,'parameters':2147483647,'updaterState':2147483647,'best':2147483647}",
                "{'epochs':[],'iteration':1,'parameters':99999999999999999999,'updaterState':0,'best':0}",
                "{'epochs':[],'iteration':-1,'parameters':0,'updaterState':0,'best':0}",
                "{'epochs':[null],'iteration':1,'parameters':0,'updaterState':0,'best':0}",
                "{'epochs':[{'number':1}],'iteration':1,'parameters':0,'updaterState':0,'best':0}",
                "{'epochs':null,'iteration':1,'parameters':0,'updaterState':0,'best':0}",
                "{'epochs':" + "[".repeat(100_000),
                "null",
                "7",
                "");
        for (String header : headers) {
            Files.write(newest, headed(header.replace('\'', '"')));
            assertThat(checkpoints.latest().orElseThrow().epochs()).as(header).hasSize(1);
        }
        for (int length : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ByteBuffer file = ByteBuffer.wrap(headed("{}"));
            file.putInt(2 + "graft-checkpoint-1".length(), length);
            Files.write(newest, file.array());
            assertThat(checkpoints.latest().orElseThrow().epochs())
                    .as("%d", length)
                    .hasSize(1);
        }
    }

    /** A checkpoint of a header and no values, with the digest that it should have. */
    private static byte[] headed(String header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("graft-checkpoint-1");
        out.writeInt(header.length());
        out.writeBytes(header);
        try {
            out.write(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void whatNobodyWentOnWithForTwoWeeksIsRemovedAtTheEnd() throws IOException {
        Path old = Files.createDirectories(directory.resolveSibling("old"));
        Path file = Files.createFile(old.resolve("epoch-000001.checkpoint"));
        Path recent = Files.createDirectories(directory.resolveSibling("recent"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(15)));
        Files.setLastModifiedTime(file, longAgo);
        Files.setLastModifiedTime(old, longAgo);
        checkpoints.write(checkpoint(1));

        checkpoints.clear();

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(notes)
                .containsExactly("Note: the checkpoints in file:" + old
                        + " are deleted: nobody has gone on with their training for two weeks");
    }

    @Test
    void nothingIsThereBeforeTheFirstAndAfterTheEnd() {
        assertThat(checkpoints.latest()).isEmpty();
        checkpoints.write(checkpoint(1));
        checkpoints.clear();
        assertThat(checkpoints.latest()).isEmpty();
        assertThat(directory).doesNotExist();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Checkpoint checkpoint(int epochs) {
        List<Epoch> history = Stream.iterate(1, number -> number + 1)
                .limit(epochs)
                .map(number -> new Epoch(
                        number, 0.25 / number, new Score(10, 0.5, 0.75, 0.8), new Score(5, 0.1, 1, 0.9), 1234, 3, 0.5))
                .toList();
        return new Checkpoint(
                history, new float[] {1, Float.MIN_VALUE, -0f}, new float[] {2}, 7 * epochs, new float[] {3, 4, 5});
    }
}
