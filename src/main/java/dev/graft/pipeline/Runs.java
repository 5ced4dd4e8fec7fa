package dev.graft.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.publish.Storage;
import dev.graft.report.RunJson;
import dev.graft.report.RunRecord;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.settings.SmallFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a model: {@code REGISTRY/NAME/runs/yyyyMMdd-HHmmss-KEY/}, the key that of all that the run depends on. */
final class Runs {
    static final String RECORD = "run.json";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int MOST_RECORDS = 366;

    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]+");
    /** The name of a file, hidden, and what tells writers of it apart. */
    private static final Pattern UNFINISHED =
            Pattern.compile("[._].+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.crc)?");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Storage storage;

    Runs(String model, Configuration hadoop) {
        Path runs = new Path(model, "runs");
        try {
            this.storage = Storage.of(runs, hadoop);
            this.directory = storage.qualify(runs);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + runs + ": " + e.getMessage(), e);
        }
    }

    Storage storage() {
        return storage;
    }

    Path directory() {
        return directory;
    }

    /** The run with a key: the one that was begun before, else a new one. */
    RunDirectory open(String key) {
        try {
            for (Path run : directories()) {
                if (run.getName().endsWith("-" + key)) {
                    return new RunDirectory(storage, run);
                }
            }
            return new RunDirectory(storage, new Path(directory, TIME.format(Instant.now()) + "-" + key));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the runs in " + directory, e);
        }
    }

    /** The records of the latest runs that have ended, a year of nights, the latest first. */
    List<RunRecord> ended() {
        List<RunRecord> records = new ArrayList<>();
        try {
            List<Path> all = directories();
            for (Path run : all.subList(Math.max(0, all.size() - MOST_RECORDS), all.size())) {
                read(new Path(run, RECORD)).ifPresent(records::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the runs in " + directory, e);
        }
        Collections.reverse(records);
        return records;
    }

    /** Deletes what runs left here that were killed while they wrote; for the one that holds the lock. */
    void discardUnfinished() {
        try {
            for (Path file : storage.list(directory)) {
                if (UNFINISHED.matcher(file.getName()).matches()) {
                    storage.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete what a run left in " + directory + ": " + e.getMessage(), e);
        }
    }

    private List<Path> directories() throws IOException {
        return storage.list(directory).stream()
                .filter(path -> NAME.matcher(path.getName()).matches())
                .toList();
    }

    private Optional<RunRecord> read(Path record) throws IOException {
        try {
            return Optional.of(RunJson.read(storage.read(record, SmallFile.RECORD_BYTES), RunRecord.class));
        } catch (FileNotFoundException e) {
            return Optional.empty(); // it was not finished, or is no run
        } catch (JsonProcessingException | InvalidInputException e) {
            LOG.warn("Cannot read {}, which is left out: {}", record, ShownText.line(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Replaces a file beside the runs. */
    void write(String name, byte[] content) {
        new RunDirectory(storage, directory).write(name, content);
    }

    /** The directory of a run that has ended. */
    RunDirectory of(RunRecord record) {
        return new RunDirectory(storage, new Path(directory, record.run()));
    }
}
