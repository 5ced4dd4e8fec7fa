package dev.graft.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** What was decided about the versions of a model: a file for each decision, whose names sort by time. */
final class Decisions {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String SUFFIX = ".json";

    private final Storage storage;
    private final Path directory;

    Decisions(Storage storage, ModelLocation location) {
        this.storage = storage;
        this.directory = new Path(location.root(), "decisions");
    }

    void add(Decision decision) throws IOException {
        String name = TIME.format(decision.time()) + "-" + decision.kind().id() + "-" + decision.version() + SUFFIX;
        storage.replace(new Path(directory, name), Json.write(decision));
    }

    /** All of them, the earliest first. */
    List<Decision> all() throws IOException {
        List<Decision> decisions = new ArrayList<>();
        for (Path file : storage.list(directory)) {
            if (file.getName().endsWith(SUFFIX)) {
                decisions.add(read(file));
            }
        }
        return decisions;
    }

    private Decision read(Path file) throws IOException {
        try {
            return Json.read(storage.read(file, SmallFile.RECORD_BYTES), Decision.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "Cannot read " + file + ": it is no decision (" + e.getOriginalMessage() + "); delete it", e);
        }
    }

    /** The latest about a version. */
    static Optional<Decision> latest(List<Decision> decisions, String version) {
        return decisions.stream()
                .filter(decision -> decision.version().equals(version))
                .reduce((earlier, later) -> later);
    }
}
