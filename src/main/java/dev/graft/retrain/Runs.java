package dev.graft.retrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.report.IndexPage;
import dev.graft.report.IndexRow;
import dev.graft.report.NightRecord;
import dev.graft.report.RunJson;
import dev.graft.report.RunRecord;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The runs of a model: {@code REGISTRY/NAME/runs/yyyyMMdd-HHmmss-KEY/}, the key that of all that the run depends on. */
final class Runs {
    static final String RECORD = "run.json";

    private static final int MOST_NOTED = 3;
    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]+");
    /** The name of a file, hidden, and what tells writers of it apart. */
    private static final Pattern UNFINISHED =
            Pattern.compile("[._].+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.crc)?");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String INDEX = "index.html";
    private static final String NIGHTS = "nights";
    private static final String RECORD_SUFFIX = ".json";
    private static final String PAGE_SUFFIX = ".html";

    private final String model;
    private final Consumer<String> notes;
    private final Path directory;
    private final Storage storage;

    /** @param notes told which records cannot be read */
    Runs(String model, Configuration hadoop, Consumer<String> notes) {
        this.model = model;
        this.notes = notes;
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

    /** The latest run with a key that was begun and has not ended, else a new one. */
    RunDirectory open(String key) {
        try {
            return withKey(key)
                    .map(run -> new RunDirectory(storage, run))
                    .reduce((earlier, later) -> later)
                    .filter(run -> run.record().isEmpty())
                    .orElseGet(() -> new RunDirectory(storage, new Path(directory, timeNow() + "-" + key)));
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    private Stream<Path> withKey(String key) throws IOException {
        return directories().stream().filter(run -> run.getName().endsWith("-" + key));
    }

    private static String timeNow() {
        return TIME.format(Instant.now());
    }

    /**
     * The names of runs that were begun after the last that has ended, and have not ended, but for one.
     *
     * @param ended the records of those that have, the latest first
     */
    List<String> unended(List<RunRecord> ended, RunDirectory but) {
        String last = ended.stream().map(RunRecord::run).findFirst().orElse("");
        try {
            return directories().stream()
                    .map(Path::getName)
                    .filter(run -> run.compareTo(last) > 0 && !run.equals(but.name()))
                    .filter(run -> !new RunDirectory(storage, new Path(directory, run)).has(RECORD))
                    .toList();
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    /** The records of the latest runs that have ended, a year of nights, the latest first. */
    List<RunRecord> ended() {
        try {
            return latest(recordsOfRuns(), RunRecord.class, "the runs");
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    /** The latest runs and nights, a year of each. */
    Past past() {
        try {
            List<Path> ofRuns = recordsOfRuns();
            List<Path> ofNights = recordsOfNights();
            return new Past(
                    latest(ofRuns, RunRecord.class, "the runs"),
                    latest(ofNights, NightRecord.class, "the index"),
                    ofRuns.size(),
                    ofNights.size());
        } catch (IOException e) {
            throw cannotList(e);
        }
    }

    private UncheckedIOException cannotList(IOException e) {
        return new UncheckedIOException("Cannot list the runs in " + directory, e);
    }

    private List<Path> recordsOfRuns() throws IOException {
        return directories().stream().map(run -> new Path(run, RECORD)).toList();
    }

    private List<Path> recordsOfNights() throws IOException {
        return storage.list(new Path(directory, NIGHTS)).stream()
                .filter(file -> file.getName().endsWith(RECORD_SUFFIX))
                .toList();
    }

    private <T> List<T> latest(List<Path> all, Class<T> type, String what) throws IOException {
        List<T> latest = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Path record : all.subList(Math.max(0, all.size() - Past.MOST), all.size())) {
            read(record, type, what, damaged).ifPresent(latest::add);
        }
        damaged.stream().limit(MOST_NOTED).forEach(notes);
        if (damaged.size() > MOST_NOTED) {
            notes.accept("Note: %d more records cannot be read and are left out of %s"
                    .formatted(damaged.size() - MOST_NOTED, what));
        }
        Collections.reverse(latest);
        return latest;
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

    private <T> Optional<T> read(Path record, Class<T> type, String what, List<String> damaged) throws IOException {
        try {
            return Optional.of(RunJson.read(storage.read(record, SmallFile.RECORD_BYTES), type));
        } catch (FileNotFoundException e) {
            return Optional.empty(); // it was not finished, or is no run
        } catch (JsonProcessingException | InvalidInputException e) {
            damaged.add("Note: " + record + " cannot be read and is left out of " + what + ": "
                    + ShownText.name(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Writes the record of a night that has no run of its own. */
    void write(NightRecord night) {
        nights().write(nightName(night) + RECORD_SUFFIX, RunJson.write(night));
    }

    /**
     * Writes the page of a night that has no run of its own.
     *
     * @param page HTML
     */
    void write(NightRecord night, String page) {
        nights().write(nightName(night) + PAGE_SUFFIX, page.getBytes(StandardCharsets.UTF_8));
    }

    private static String nightName(NightRecord night) {
        return TIME.format(night.ended()) + "-" + night.kind().name().toLowerCase(Locale.ROOT);
    }

    private RunDirectory nights() {
        return new RunDirectory(storage, new Path(directory, NIGHTS));
    }

    /** Writes the index of runs and nights anew. */
    void writeIndex(Past past) {
        List<IndexRow> rows = Stream.concat(
                        past.runs().stream().map(IndexRow::of),
                        past.nights().stream().map(night -> IndexRow.of(night, page(night))))
                .toList();
        String html = IndexPage.html(model, rows, past.left());
        new RunDirectory(storage, directory).write(INDEX, html.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(NightRecord night) {
        return night.kind().hasPage() ? NIGHTS + "/" + nightName(night) + PAGE_SUFFIX : "";
    }

    /** The directory of a run that has ended. */
    RunDirectory of(RunRecord record) {
        return new RunDirectory(storage, new Path(directory, record.run()));
    }
}
