package dev.graft.publish;

import static dev.graft.publish.ModelFixtures.description;
import static dev.graft.publish.ModelFixtures.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
    private final Configuration hadoop = new Configuration();
    private final Path directory;
    private final String model;
    private final ModelRegistry registry;
    private int published;

    ModelRegistryTest(@TempDir Path directory) {
        this.directory = directory;
        this.model = directory.toUri() + "cats";
        this.registry = new ModelRegistry(model, hadoop);
    }

    @Test
    void aModelThatIsNotThereHasNoVersions() {
        assertThat(registry.versions()).isEmpty();
        assertThat(registry.current()).isEmpty();
    }

    @Test
    void versionsAreListedTheLatestFirst() {
        String first = publish();
        String second = publish();
        assertThat(registry.versions()).extracting(VersionSummary::version).containsExactly(second, first);
        assertThat(registry.versions()).extracting(VersionSummary::isCurrent).containsExactly(true, false);
        assertThat(registry.versions().get(0).description().orElseThrow().labels())
                .containsExactly("cat", "dog");
    }

    @Test
    void aVersionThatIsNotWholeIsListedAsSuchAndNotPromoted() throws IOException {
        String first = publish();
        String second = publish();
        Files.delete(directory.resolve("cats/versions").resolve(first).resolve("bundle.json"));
        assertThat(registry.versions().get(1).description()).isEmpty();
        assertThatThrownBy(() -> registry.promote(first, "by hand"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There is no version " + first + " of " + model + ", or it is not complete (see models list)");
        assertThat(registry.current()).contains(second);
    }

    @Test
    void aDamagedVersionIsNotPromoted() throws IOException {
        String first = publish();
        String second = publish();
        Files.write(directory.resolve("cats/versions").resolve(first).resolve("network.zip"), new byte[300_000]);
        assertThatThrownBy(() -> registry.promote(first, "by hand")).isInstanceOf(InvalidInputException.class);
        assertThat(registry.current()).contains(second);
        assertThat(registry.versions()).allMatch(version -> version.decision().isEmpty());
    }

    @Test
    void aReaderThatFollowsTheNameGetsAWholeModelWhileVersionsChange() throws Exception {
        String first = publish();
        String second = publish();
        AtomicBoolean isRead = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> changes = other.submit(() -> {
                int count = 0;
                while (!isRead.get()) {
                    registry.promote(second, "forth");
                    registry.rollback("and back");
                    count += 2;
                }
                return count;
            });
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                seen.add(new ModelReader(hadoop).open(model).version());
            }
            isRead.set(true);
            assertThat(changes.get()).isGreaterThan(10);
            assertThat(seen).containsExactlyInAnyOrder(first, second);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aPromotionIsWrittenDownAndRollbackUndoesIt() {
        String first = publish();
        publish();
        String third = publish();
        registry.promote(first, "the others are worse");
        assertThat(registry.current()).contains(first);
        Decision decision = registry.versions().get(2).decision().orElseThrow();
        assertThat(decision.kind()).isEqualTo(Decision.Kind.PROMOTED);
        assertThat(decision.previous()).isEqualTo(third);
        assertThat(decision.reason()).isEqualTo("the others are worse");

        assertThat(registry.rollback("no, they are not")).isEqualTo(third);
        assertThat(registry.current()).contains(third);
        assertThat(registry.versions().get(0).decision().orElseThrow().kind()).isEqualTo(Decision.Kind.ROLLED_BACK);
    }

    @Test
    void rollbackWithoutADecisionGoesToTheVersionPublishedBefore() {
        String first = publish();
        String refused = publish();
        publish();
        registry.refuse(refused, "worse");
        assertThat(registry.rollback("by hand")).isEqualTo(first);
        assertThatThrownBy(() -> registry.rollback("by hand"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot roll back " + model + ": no version was current before (see models list)");
    }

    @Test
    void pruningKeepsTheLatestAndTheCurrentAndTheOneBeforeIt() {
        List<String> all = List.of(publish(), publish(), publish(), publish(), publish(), publish());
        registry.promote(all.get(0), "old but good");
        registry.promote(all.get(2), "better");
        assertThat(registry.prune(2)).containsExactly(all.get(3), all.get(1));
        assertThat(registry.versions())
                .extracting(VersionSummary::version)
                .containsExactly(all.get(5), all.get(4), all.get(2), all.get(0));
        assertThat(registry.prune(2)).isEmpty();
        assertThat(registry.rollback("by hand")).isEqualTo(all.get(0));
    }

    /** Whatever a crash leaves behind, a reader of the name gets a whole version. */
    @Test
    void aCrashAtAnyStepOfAPromotionLeavesAWholeModelCurrent() {
        for (String scheme : List.of("file", "store")) {
            String faulty = scheme + ":" + directory.resolve("crash-" + scheme);
            Configuration configuration = FaultyFileSystem.configuration();
            ModelReader reader = new ModelReader(configuration);
            String first =
                    new DirectPublisher(faulty, configuration, ids()).publish(description(), out -> out.write(1));
            String second =
                    new DirectPublisher(faulty, configuration, ids()).publish(description(), out -> out.write(2));
            boolean promoted = false;
            for (int operations = 0; !promoted; operations++) {
                FaultyFileSystem.failForGoodAfter(operations);
                try {
                    new ModelRegistry(faulty, configuration).promote(first, "by hand");
                    promoted = true;
                } catch (UncheckedIOException e) {
                    assertThat(e).hasMessageContaining("injected");
                }
                FaultyFileSystem.recover();
                assertThat(reader.open(faulty).version()).isEqualTo(promoted ? first : second);
            }
        }
    }

    private String publish() {
        return new DirectPublisher(model, hadoop, ids()).publish(description(), out -> out.write(network(published)));
    }

    /** Ids a second apart. */
    private VersionIds ids() {
        Instant time = Instant.parse("2026-03-14T09:15:00Z").plusSeconds(published++);
        return new VersionIds(Clock.fixed(time, ZoneOffset.UTC), RandomGenerator.getDefault());
    }
}
