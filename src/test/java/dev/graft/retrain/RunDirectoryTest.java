package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.features.NearDuplicates;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.ListingNote;
import dev.graft.publish.DamagedJson;
import dev.graft.report.DataFindings;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import dev.graft.report.StageTime;
import dev.graft.settings.InvalidInputException;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private final Path directory;
    private final RunDirectory run;

    RunDirectoryTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("file:" + directory);
        this.run = new RunDirectory(Storage.of(path, new Configuration()), path);
    }

    @Test
    void everyDamageOfItsJsonIsRefused() throws IOException {
        run.end(record());
        run.keep("extract", new Accounting(3, 2, 1, 0, 0), 1.5, 3, List.of("Note: to know"));
        assertThat(run.record()).contains(record());
        ObjectMapper json = new ObjectMapper();
        Random random = new Random(14);
        int refused = 0;
        for (String name : List.of("run.json", "stage-extract.json")) {
            Path file = directory.resolve(name);
            JsonNode whole = json.readTree(file.toFile());
            for (int round = 0; round < 200; round++) {
                String damaged = DamagedJson.damaged(whole, random).toString();
                Files.writeString(
                        file,
                        random.nextInt(8) == 0 ? damaged.substring(0, random.nextInt(damaged.length())) : damaged);
                refused += isRefused(damaged) ? 1 : 0;
            }
            Files.writeString(file, whole.toString());
        }
        assertThat(refused).isBetween(70, 400);
    }

    private boolean isRefused(String damaged) {
        try {
            run.record();
            run.outcome("extract", Accounting.class);
            return false;
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageStartingWith("Cannot read file:" + directory + "/");
            return true;
        } catch (RuntimeException | Error e) {
            return fail(damaged, e);
        }
    }

    @Test
    void notesOfAStageAreKeptAndAStageOfAnOlderRunHasNone() throws IOException {
        run.keep("head", "outcome", 1.5, 3, List.of("Note: a.jpg is left out"));
        assertThat(run.notes("head")).containsExactly("Note: a.jpg is left out");
        Files.writeString(
                directory.resolve("stage-check.json"), "{\"seconds\": 1.5, \"images\": 3, \"outcome\": \"checked\"}");
        assertThat(run.outcome("check", String.class)).contains("checked");
        assertThat(run.notes("check")).isEmpty();
        assertThat(run.notes("decide")).isEmpty();
    }

    @Test
    void aRecordThatIsNoneIsRefusedWithARemedy() throws IOException {
        Files.writeString(directory.resolve("run.json"), "null");

        assertThatThrownBy(run::record)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read file:%1$s/run.json: it is not what a run writes (there is nothing in it);"
                                + " delete file:%1$s",
                        directory);
    }

    private static RunRecord record() {
        return new RunRecord(
                "20260314-030000-bb",
                "models/pets",
                Outcome.DATA_REFUSED,
                List.of("because"),
                Instant.parse("2026-03-14T03:00:00Z"),
                Instant.parse("2026-03-14T03:05:07Z"),
                List.of(new ListingNote(ListingNote.Kind.NOT_IMAGES, 1, List.of("a.txt"))),
                List.of("Note: to know"),
                new Accounting(3, 2, 1, 0, 0),
                new DataFindings(
                        new ImageCounts(Map.of()),
                        new DataFindings.Rejects(new TreeMap<>(Map.of("truncated", 2L)), List.of()),
                        new DataFindings.SharedContents(2, 1, List.of("a")),
                        new NearDuplicates(2, 1, List.of(new NearDuplicates.Pair("a", "b", 0.9))),
                        null,
                        null,
                        null,
                        null,
                        List.of("because")),
                "",
                "",
                null,
                null,
                "",
                List.of(new StageTime("extract", 1.5, 3)),
                null,
                "seed = 1");
    }
}
