package dev.graft.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.report.RunJson;
import dev.graft.report.RunRecord;
import dev.graft.report.StageTime;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** What a run leaves: a file for the outcome of each stage, tables, and at last its page and its record. */
final class RunDirectory {
    private static final String STAGE = "stage-";

    private final Storage storage;
    private final Path directory;

    RunDirectory(Storage storage, Path directory) {
        this.storage = storage;
        this.directory = directory;
    }

    /** The outcome of a stage with the time it took and what it noted, as its file has it. */
    private record Kept(double seconds, long images, JsonNode outcome, List<String> notes) {
        private Kept {
            notes = notes == null ? List.of() : List.copyOf(notes); // a stage of an older run has none
        }
    }

    /** Its own directory's name. */
    String name() {
        return directory.getName();
    }

    /** Where a table or file of the run lies. */
    String uri(String name) {
        return new Path(directory, name).toString();
    }

    /** The record of the run, once it has ended. */
    Optional<RunRecord> record() {
        return read(Runs.RECORD, RunRecord.class);
    }

    /** Ends the run. */
    void end(RunRecord record) {
        write(Runs.RECORD, RunJson.write(record));
    }

    /** What a stage gave, if it has ended. */
    <T> Optional<T> outcome(String stage, Class<T> type) {
        return kept(stage).map(kept -> convert(stage, kept, type));
    }

    private <T> T convert(String stage, Kept kept, Class<T> type) {
        try {
            return Objects.requireNonNull(RunJson.convert(kept.outcome(), type), "there is nothing in it");
        } catch (IllegalArgumentException | NullPointerException e) {
            throw notWritten(new Path(directory, file(stage)), String.valueOf(e.getMessage()), e);
        }
    }

    private InvalidInputException notWritten(Path file, String reason, Exception cause) {
        return new InvalidInputException(
                "Cannot read " + file + ": it is not what a run writes (" + reason + "); delete " + directory, cause);
    }

    /** Keeps what a stage gave and noted. */
    void keep(String stage, Object outcome, double seconds, long images, List<String> notes) {
        write(file(stage), RunJson.write(new Kept(seconds, images, RunJson.tree(outcome), notes)));
    }

    /** What a stage noted that has ended. */
    List<String> notes(String stage) {
        return kept(stage).map(Kept::notes).orElse(List.of());
    }

    /** How long the stages took that have ended. */
    List<StageTime> times(List<String> stages) {
        List<StageTime> times = new ArrayList<>();
        for (String stage : stages) {
            kept(stage).ifPresent(kept -> times.add(new StageTime(stage, kept.seconds(), kept.images())));
        }
        return times;
    }

    private Optional<Kept> kept(String stage) {
        return read(file(stage), Kept.class);
    }

    private static String file(String stage) {
        return STAGE + stage + ".json";
    }

    /** Whether something of the run is there. */
    boolean exists() {
        return has("");
    }

    boolean has(String name) {
        Path file = name.isEmpty() ? directory : new Path(directory, name);
        try {
            return storage.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for " + file, e);
        }
    }

    <T> Optional<T> read(String name, Class<T> type) {
        Path file = new Path(directory, name);
        try {
            return Optional.of(RunJson.read(storage.read(file, SmallFile.RECORD_BYTES), type));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw notWritten(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    void write(String name, byte[] content) {
        Path file = new Path(directory, name);
        try {
            storage.replace(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
