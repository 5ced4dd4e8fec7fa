package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one feature store. */
@Tag("long")
class StoreLockTest {
    private static final int PER_CLASS = 200;
    private static final String ALL = "images " + (2 * PER_CLASS + 3) + " = ";

    private final Path directory;
    private final String manifest;
    private final Path store;

    StoreLockTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.manifest = directory.resolve("pictures.csv").toString();
        this.store = directory.resolve("store");
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), PER_CLASS, 9);
        Cli made = Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest);
        assertThat(made.exitCode()).as(made.err()).isZero();
    }

    private GraftProcess extract(String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "extract",
                "--manifest",
                manifest,
                "--input",
                "64",
                "--out",
                store.toString(),
                "--set",
                "extract.shard-images=10"));
        Collections.addAll(arguments, more);
        Path own = Files.createDirectories(directory.resolve(name));
        Map<String, String> properties = Map.of(
                "log4j2.configurationFile",
                Path.of("conf/log4j2.properties").toAbsolutePath().toString());
        return GraftProcess.start(own, "local[1]", properties, arguments.toArray(new String[0]));
    }

    private int exitCode(GraftProcess graft) throws IOException, InterruptedException {
        boolean ended = graft.process().waitFor(3, TimeUnit.MINUTES);
        graft.kill();
        assertThat(ended).as(Files.readString(graft.err())).isTrue();
        return graft.process().exitValue();
    }

    /** The one file of the store's lock, or none. */
    private List<Path> locks() throws IOException {
        List<Path> locks = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(fingerprint(), "*_lock*")) {
            files.forEach(locks::add);
        }
        return locks;
    }

    private Path fingerprint() throws IOException {
        try (DirectoryStream<Path> fingerprints = Files.newDirectoryStream(store)) {
            return fingerprints.iterator().next();
        }
    }

    @Test
    void aSecondIsRefusedAndOneThatWaitsFindsTheWorkDone() throws Exception {
        GraftProcess first = extract("first");
        try {
            first.awaitFeatures(store, 1);
            GraftProcess patient = extract("patient", "--set", "extract.wait-for-lock=5 minutes");
            GraftProcess second = extract("second");
            assertThat(exitCode(second)).isEqualTo(4);
            assertThat(Files.readString(second.out())).isEmpty();
            assertThat(Files.readAllLines(second.err()))
                    .last()
                    .asString()
                    .matches("graft: Cannot start: another run is at work, process "
                            + first.process().pid() + " on \\S+, begun at \\S+, last seen at \\S+ \\(its lock file:"
                            + fingerprint()
                            + "/_lock is taken over 300 s after it was last seen, retrain\\.lock-timeout-s;"
                            + " extract\\.wait-for-lock waits for it\\)");
            assertThat(first.process().isAlive()).isTrue();
            assertThat(first.end()).contains(ALL + "written 400 + reused 0 + rejected 3");
            assertThat(patient.end()).contains(ALL + "written 0 + reused 400 + rejected 3");
            assertThat(Files.readString(patient.err()))
                    .contains("waiting for another run, process "
                            + first.process().pid() + " on ");
        } finally {
            first.kill();
        }
        assertThat(locks()).isEmpty();
    }

    @Test
    void theLockOfOneThatWasKilledKeepsNobodyOut() throws Exception {
        GraftProcess killed = extract("killed");
        killed.awaitFeatures(store, 1);
        killed.kill();
        assertThat(locks()).hasSize(1);
        GraftProcess next = extract("next");
        assertThat(next.end()).startsWith(ALL);
        assertThat(Files.readString(next.err()))
                .contains("taking over from a run that has ended without a word: process "
                        + killed.process().pid() + " on ");
        assertThat(locks()).isEmpty();
        assertThat(fingerprint().resolve("_temporary")).doesNotExist();
        assertThat(fingerprint().resolve("_known"))
                .satisfiesAnyOf(known -> assertThat(known).doesNotExist(), known -> assertThat(known)
                        .isEmptyDirectory());
    }

    @Test
    void oneThatIsAskedToEndSaysSoInOneLineAndGivesItsLockBack() throws Exception {
        GraftProcess asked = extract("asked");
        asked.awaitFeatures(store, 1);
        asked.process().destroy(); // SIGTERM
        assertThat(exitCode(asked)).isEqualTo(130);
        assertThat(Files.readAllLines(asked.err()))
                .last()
                .isEqualTo("graft: interrupted; what is committed is kept, run the same command again");
        assertThat(Files.readString(asked.err())).doesNotContain("Exception", "\tat ");
        assertThat(locks()).isEmpty();
    }
}
