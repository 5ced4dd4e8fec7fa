package dev.graft.publish;

import static dev.graft.publish.ModelFixtures.description;
import static dev.graft.publish.ModelFixtures.network;
import static dev.graft.publish.ModelFixtures.networkOf;
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
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPublisherTest {
    private final Path registry;
    private final Configuration hadoop = new Configuration();
    private final ModelReader reader = new ModelReader(hadoop);

    ModelPublisherTest(@TempDir Path registry) {
        this.registry = registry;
    }

    @AfterEach
    void recover() {
        FaultyFileSystem.recover();
    }

    @Test
    void whatIsPublishedIsRead() {
        String version = publish(model(), 1);

        ModelBundle bundle = reader.open(model());

        assertThat(bundle.version()).isEqualTo(version).matches("\\d{8}-\\d{6}-[0-9a-f]{6}");
        assertThat(bundle.uri()).endsWith("/cats/versions/" + version);
        assertThat(bundle.description()).isEqualTo(description());
        assertThat(networkOf(bundle)).isEqualTo(network(1));
    }

    @Test
    void modelWithoutMetricsIsRead() {
        ModelDescription full = description();
        ModelDescription description = new ModelDescription(
                full.labels(), full.preprocessing(), full.settings(), null, null, full.provenance());

        new DirectPublisher(model(), hadoop).publish(description, out -> out.write(1));

        assertThat(reader.open(model()).description().metrics()).isNull();
    }

    @Test
    void everyVersionCanBeOpened() {
        String first = publish(model(), 1);
        String second = publish(model(), 2);

        assertThat(networkOf(reader.open(model()))).isEqualTo(network(2));
        assertThat(networkOf(reader.open(model() + "@" + first))).isEqualTo(network(1));
        assertThat(networkOf(reader.open(model() + "@" + second))).isEqualTo(network(2));
        assertThat(networkOf(reader.open(model() + "/versions/" + first))).isEqualTo(network(1));
    }

    @Test
    void copiedVersionCanBeOpened() throws IOException {
        String version = publish(model(), 1);
        Path copy = registry.resolve("copy");
        Files.move(registry.resolve("cats/versions").resolve(version), copy);

        assertThat(reader.open(copy.toString()).version()).isEqualTo(version);
    }

    @Test
    void modelIsDirectoryOfVersionsAndOnePointer() throws IOException {
        String version = publish(model(), 1);

        assertThat(names(registry.resolve("cats"))).containsExactly("current", "versions");
        assertThat(registry.resolve("cats/current")).hasContent(version);
        assertThat(names(registry.resolve("cats/versions").resolve(version)))
                .containsExactly(
                        "bundle.json",
                        "history.jsonl",
                        "labels.json",
                        "metrics.json",
                        "network.zip",
                        "preprocessing.json",
                        "provenance.json",
                        "settings.conf");
    }

    @Test
    void networkWriterMayCloseItsStream() {
        new DirectPublisher(model(), hadoop).publish(description(), out -> {
            out.write(7);
            out.close();
        });

        assertThat(networkOf(reader.open(model()))).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 150_000, 300_000})
    void writerThatFailsLeavesThePublishedVersionAndNothingElse(int bytes) throws IOException {
        String version = publish(model(), 1);

        assertThatThrownBy(() -> new DirectPublisher(model(), hadoop).publish(description(), out -> {
                    out.write(network(2), 0, bytes);
                    throw new IOException("no memory left");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot publish model " + model() + ": no memory left");

        assertThat(reader.open(model()).version()).isEqualTo(version);
        assertThat(names(registry.resolve("cats/versions"))).containsExactly(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void errorAtAnyStepLeavesThePublishedVersion(String scheme) {
        int steps = publishUntilItSucceeds(scheme, FaultyFileSystem::failOnceAfter);

        assertThat(steps).isGreaterThan(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void crashAtAnyStepLeavesThePublishedVersion(String scheme) {
        int steps = publishUntilItSucceeds(scheme, FaultyFileSystem::failForGoodAfter);

        assertThat(steps).isGreaterThan(16);
    }

    private int publishUntilItSucceeds(String scheme, IntConsumer failAfter) {
        String faultyModel = scheme + ":" + registry.resolve("cats");
        Configuration faulty = FaultyFileSystem.configuration();
        ModelReader survivor = new ModelReader(faulty);
        String before = new DirectPublisher(faultyModel, faulty).publish(description(), out -> out.write(network(1)));
        for (int operations = 0; ; operations++) {
            failAfter.accept(operations);
            try {
                String after =
                        new DirectPublisher(faultyModel, faulty).publish(description(), out -> out.write(network(2)));
                FaultyFileSystem.recover();
                assertThat(survivor.open(faultyModel).version()).isEqualTo(after);
                return operations;
            } catch (UncheckedIOException e) {
                FaultyFileSystem.recover();
                assertThat(e).hasMessageContaining("injected");
                assertThat(survivor.open(faultyModel).version()).isEqualTo(before);
                assertThat(networkOf(survivor.open(faultyModel))).isEqualTo(network(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void readerNeverFailsWhileVersionsArePublished(String scheme) throws Exception {
        String busyModel = scheme + ":" + registry.resolve("cats");
        Configuration busy = scheme.equals("file") ? hadoop : FaultyFileSystem.configuration();
        DirectPublisher publisher = new DirectPublisher(busyModel, busy);
        publisher.publish(description("version = 0"), out -> out.write(network(0)));
        AtomicBoolean published = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> reads = thread.submit(() -> readUntil(published, new ModelReader(busy), busyModel));
            for (int i = 1; i <= 50; i++) {
                long seed = i;
                publisher.publish(description("version = " + i), out -> out.write(network(seed)));
            }
            published.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            thread.shutdownNow();
        }
        assertThat(new ModelReader(busy).open(busyModel).description().settings())
                .isEqualTo("version = 50");
    }

    private static int readUntil(AtomicBoolean published, ModelReader reader, String uri) {
        int reads = 0;
        while (!published.get()) {
            ModelBundle bundle = reader.open(uri);
            String settings = bundle.description().settings();
            long seed = Long.parseLong(settings.substring("version = ".length()));
            assertThat(networkOf(bundle)).isEqualTo(network(seed));
            reads++;
        }
        return reads;
    }

    @Test
    void versionIdThatIsTakenIsDrawnAgain() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-14T09:15:00Z"), ZoneOffset.UTC);
        Iterator<Integer> draws = List.of(0x12345678, 0x12345678, 0xabcdef).iterator();
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int nextInt() {
                return draws.next();
            }
        };
        DirectPublisher publisher = new DirectPublisher(model(), hadoop, new VersionIds(clock, random));

        String first = publisher.publish(description(), out -> out.write(1));
        String second = publisher.publish(description(), out -> out.write(2));

        assertThat(first).isEqualTo("20260314-091500-345678");
        assertThat(second).isEqualTo("20260314-091500-abcdef");
        assertThat(networkOf(reader.open(model() + "@" + first))).containsExactly(1);
    }

    @Test
    void modelBehindMountTableIsPublishedByRename() {
        hadoop.set("fs.viewfs.mounttable.test.link./models", registry.toUri().toString());
        String mounted = "viewfs://test/models/cats";

        publish(mounted, 1);
        String second = publish(mounted, 2);

        assertThat(reader.open(mounted).version()).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://bucket", "file:/models/cats dogs", "file:/models/cats@20260314-091500-a1b2c3"})
    void nameThatCannotBePublishedToIsRefused(String uri) {
        assertThatThrownBy(() -> new ModelPublisher(uri, hadoop))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid model URI: " + uri
                        + " (expected REGISTRY/NAME with a name of letters, digits, '.', '_' and '-')");
    }

    @Test
    void publishedVersionIsNotPublishedTo() {
        String uri = "file:/models/cats/versions/20260314-091500-a1b2c3";

        assertThatThrownBy(() -> new ModelPublisher(uri, hadoop))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid model URI: " + uri
                        + " (expected REGISTRY/NAME without a version; a version is written once)");
    }

    @Test
    void unknownFileSystemIsRefused() {
        assertThatThrownBy(() -> new ModelPublisher("gopher://host/cats", hadoop))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot publish model gopher://host/cats: No FileSystem for scheme \"gopher\"");
    }

    @Test
    void emptyUriIsRefused() {
        assertThatThrownBy(() -> new ModelPublisher("", hadoop))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid model URI: '' (expected REGISTRY/NAME on file:, hdfs: or s3a:)");
    }

    private String model() {
        return registry.toUri() + "cats";
    }

    private String publish(String uri, long seed) {
        return new DirectPublisher(uri, hadoop).publish(description(), out -> out.write(network(seed)));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
