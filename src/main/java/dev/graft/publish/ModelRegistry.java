package dev.graft.publish;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model: which there are, which one is current, and what was decided about each.
 *
 * <p>What is decided is written down before the pointer moves: a crash in between leaves the old version current, and a
 * decision that the pointer belies.
 */
public final class ModelRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRegistry.class);

    private final String model;
    private final ModelLocation location;
    private final Storage storage;
    private final Decisions decisions;
    private final Clock clock;

    /**
     * Opens the registry of a model.
     *
     * @param model {@code REGISTRY/NAME} on any Hadoop file system
     * @throws InvalidInputException when that is no name of a model
     */
    public ModelRegistry(String model, Configuration hadoop) {
        this(model, hadoop, Clock.systemUTC());
    }

    ModelRegistry(String model, Configuration hadoop, Clock clock) {
        this.model = model;
        this.location = ModelLocation.parseWithoutVersion(model);
        this.clock = clock;
        try {
            this.storage = Storage.of(location.root(), hadoop);
        } catch (UnsupportedFileSystemException e) {
            throw new InvalidInputException("Cannot open model " + model + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw failure("open", e);
        }
        this.decisions = new Decisions(storage, location);
    }

    /** The version that the model's name stands for; empty where none was ever published. */
    public Optional<String> current() {
        try {
            return pointer();
        } catch (IOException e) {
            throw failure("open", e);
        }
    }

    private Optional<String> pointer() throws IOException {
        return location.readCurrent(storage);
    }

    /** All versions, the latest first; bundles are read but for their networks. */
    public List<VersionSummary> versions() {
        try {
            Optional<String> current = pointer();
            List<Decision> all = decisions.all();
            List<VersionSummary> versions = new ArrayList<>();
            for (String version : ids()) {
                versions.add(new VersionSummary(
                        version,
                        current.equals(Optional.of(version)),
                        describe(version),
                        Decisions.latest(all, version)));
            }
            return versions;
        } catch (IOException e) {
            throw failure("list the versions of", e);
        }
    }

    /** Whether a version is there, and whole as far as its index says. */
    public boolean has(String version) {
        try {
            return storage.exists(new Path(location.versionDirectory(version), BundleFiles.INDEX));
        } catch (IOException e) {
            throw failure("look for a version of", e);
        }
    }

    /** The decision by which a version stopped being current for an earlier one; empty where it was promoted since. */
    public Optional<Decision> rolledBackFrom(String version) {
        try {
            Optional<Decision> latest = decisions.all().stream()
                    .filter(decision -> decision.kind() == Decision.Kind.ROLLED_BACK
                                    && decision.previous().equals(version)
                            || decision.kind() == Decision.Kind.PROMOTED
                                    && decision.version().equals(version))
                    .reduce((earlier, later) -> later);
            return latest.filter(decision -> decision.kind() == Decision.Kind.ROLLED_BACK);
        } catch (IOException e) {
            throw failure("read the decisions about", e);
        }
    }

    /** The latest first. */
    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path directory : storage.list(location.versionDirectory("id").getParent())) {
            if (VersionIds.matches(directory.getName())) {
                ids.add(directory.getName());
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    private Optional<ModelDescription> describe(String version) throws IOException {
        Path directory = location.versionDirectory(version);
        try {
            return Optional.of(BundleReader.open(model, storage, directory).description());
        } catch (FileNotFoundException | InvalidInputException e) {
            LOG.debug("Version {} of {} is not whole", version, model, e);
            return Optional.empty(); // it was never finished, is being written or deleted, or was changed
        }
    }

    /**
     * Makes a version the current one, after it was verified whole. Where it is that already, nothing is decided.
     *
     * @param reason for people, one line
     * @return whether it was not current before
     * @throws InvalidInputException when there is no such version, or it is damaged
     */
    public boolean promote(String version, String reason) {
        if (current().equals(Optional.of(version))) {
            return false;
        }
        point(version, Decision.Kind.PROMOTED, reason);
        return true;
    }

    /** Notes that a version is kept and does not become the current one. */
    public void refuse(String version, String reason) {
        try {
            verify(version);
            decisions.add(decision(version, Decision.Kind.REFUSED, reason));
        } catch (IOException e) {
            throw failure("decide about a version of", e);
        }
    }

    /**
     * Makes the version current again that was current before the one that is.
     *
     * @return its id
     * @throws InvalidInputException when there is none
     */
    public String rollback(String reason) {
        String earlier = beforeCurrent()
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot roll back " + model + ": no version was current before (see models list)"));
        point(earlier, Decision.Kind.ROLLED_BACK, reason);
        return earlier;
    }

    /** What the decision says that made the current version current; without one, the version published before it. */
    private Optional<String> beforeCurrent() {
        try {
            Optional<String> current = pointer();
            if (current.isEmpty()) {
                return Optional.empty();
            }
            List<Decision> all = decisions.all();
            List<Decision> promotions = all.stream()
                    .filter(decision -> decision.kind() == Decision.Kind.PROMOTED)
                    .toList();
            Optional<Decision> promotion = Decisions.latest(promotions, current.get());
            if (promotion.isPresent()) {
                return promotion.map(Decision::previous).filter(previous -> !previous.isEmpty());
            }
            return ids().stream()
                    .filter(id -> id.compareTo(current.get()) < 0)
                    .filter(id -> Decisions.latest(all, id).map(Decision::kind).orElse(Decision.Kind.PROMOTED)
                            != Decision.Kind.REFUSED)
                    .findFirst();
        } catch (IOException e) {
            throw failure("roll back", e);
        }
    }

    private void point(String version, Decision.Kind kind, String reason) {
        requireVersion(version);
        try {
            verify(version);
            decisions.add(decision(version, kind, reason));
            storage.replace(location.current(), version.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure("make " + version + " the current version of", e);
        }
    }

    private static void requireVersion(String version) {
        if (!VersionIds.matches(version)) {
            throw new InvalidInputException(
                    "Invalid version: '" + version + "' (expected one such as " + VersionIds.EXAMPLE + ")");
        }
    }

    private Decision decision(String version, Decision.Kind kind, String reason) throws IOException {
        return new Decision(version, kind, pointer().orElse(""), clock.instant(), reason);
    }

    /** Reads all of a version and holds it against its digests. */
    private void verify(String version) throws IOException {
        Path directory = location.versionDirectory(version);
        try {
            BundleReader.open(model, storage, directory).read();
        } catch (FileNotFoundException e) {
            throw new InvalidInputException(
                    "There is no version " + version + " of " + model + ", or it is not complete (see models list)", e);
        }
    }

    /**
     * Deletes old versions: all but the latest few, the current one and the one before it.
     *
     * @param keep how many of the latest stay
     * @return the ids of those that are gone, the latest first
     */
    public List<String> prune(int keep) {
        try {
            Optional<String> current = pointer();
            Optional<String> before = beforeCurrent();
            List<String> gone = new ArrayList<>();
            List<String> ids = ids();
            for (String id : ids.subList(Math.min(keep, ids.size()), ids.size())) {
                if (!current.equals(Optional.of(id)) && !before.equals(Optional.of(id))) {
                    Path directory = location.versionDirectory(id);
                    storage.delete(new Path(directory, BundleFiles.INDEX)); // from here on it is not whole
                    storage.delete(directory);
                    gone.add(id);
                }
            }
            return gone;
        } catch (IOException e) {
            throw failure("prune", e);
        }
    }

    private UncheckedIOException failure(String what, IOException cause) {
        return new UncheckedIOException("Cannot " + what + " model " + model + ": " + cause.getMessage(), cause);
    }
}
