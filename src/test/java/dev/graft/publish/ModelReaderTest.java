package dev.graft.publish;

import static dev.graft.publish.ModelFixtures.description;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
    private final Path registry;
    private final Configuration hadoop = new Configuration();

    ModelReaderTest(@TempDir Path registry) {
        this.registry = registry;
    }

    /** The files are written out here as the first release wrote them; every later one must read them. */
    @Test
    void bundleOfFormatOneIsRead() throws IOException {
        writeFormatOne();

        ModelBundle bundle = new ModelReader(hadoop).open(model());

        assertThat(bundle.version()).isEqualTo("20260314-091500-a1b2c3");
        ModelDescription description = bundle.description();
        assertThat(description.labels()).containsExactly("cat", "dog");
        assertThat(description.preprocessing()).isEqualTo(new Preprocessing(150, "bilinear", "x / 127.5 - 1", "1"));
        assertThat(description.settings()).isEqualTo("seed = 42\n");
        assertThat(description.metrics()).isEqualTo("{\"accuracy\":0.5}");
        Provenance provenance = description.provenance();
        assertThat(provenance.manifestDigest()).isEqualTo("m1");
        assertThat(provenance.baseName()).isEqualTo("xception");
        assertThat(provenance.baseDigest()).isEqualTo("b1");
        assertThat(provenance.fingerprint()).isEqualTo("f1");
        assertThat(provenance.versions()).containsEntry("spark", "3.5.9").hasSize(2);
        assertThat(provenance.seed()).isEqualTo(42);
        assertThat(provenance.parent()).isEmpty();
        assertThat(provenance.created()).isEqualTo(Instant.parse("2026-03-14T09:15:00Z"));
        assertThat(provenance.command()).isEqualTo("train");
        assertThat(ModelFixtures.networkOf(bundle)).asString().isEqualTo("network");
    }

    @Test
    void fieldsOfALaterReleaseAreIgnored() throws IOException {
        Path version = writeFormatOne();
        Path index = version.resolve("bundle.json");
        Files.writeString(index, Files.readString(index).replace("\"format\"", "\"later\": {\"a\": [1]}, \"format\""));

        assertThat(new ModelReader(hadoop).open(model()).version()).isEqualTo("20260314-091500-a1b2c3");
    }

    @Test
    void newerFormatIsRefused() throws IOException {
        Path version = writeFormatOne();
        Files.writeString(version.resolve("bundle.json"), "{\"format\": 2, \"segments\": []}");

        assertRefused("Cannot read model %s: it was written by format 2, this Graft reads up to 1");
    }

    @Test
    void changedNetworkIsRefused() throws IOException {
        Path version = publish();
        Files.writeString(version.resolve("network.zip"), "netwOrk");

        assertRefused("Cannot open model %s: network.zip has digest " + sha256("netwOrk") + ", bundle.json says "
                + sha256("network") + "; the file was changed or copied only in part");
    }

    @Test
    void changedLabelsAreRefused() throws IOException {
        Path version = publish();
        String labels = Files.readString(version.resolve("labels.json")).replace("cat", "cow");
        Files.writeString(version.resolve("labels.json"), labels);

        assertThatThrownBy(() -> new ModelReader(hadoop).open(model()))
                .hasMessageStartingWith("Cannot open model " + model() + ": labels.json has digest " + sha256(labels));
    }

    @Test
    void fileCopiedOnlyInPartIsRefused() throws IOException {
        Path version = publish();
        Files.writeString(version.resolve("network.zip"), "net");

        assertRefused("Cannot open model %s: network.zip has 3 bytes, bundle.json says 7;"
                + " the file was changed or copied only in part");
    }

    @Test
    void missingFileIsRefused() throws IOException {
        Path version = publish();
        Files.delete(version.resolve("provenance.json"));

        assertRefused("Cannot open model %s: provenance.json is missing;"
                + " it was deleted, or the model was copied only in part");
    }

    @Test
    void fileThatIsNotListedIsRefused() throws IOException {
        Path version = writeFormatOne();
        Path index = version.resolve("bundle.json");
        Files.writeString(index, Files.readString(index).replace("settings.conf", "settings.hocon"));

        assertRefused("Cannot open model %s: bundle.json does not list settings.conf");
    }

    @Test
    void indexThatIsNotJsonIsRefused() throws IOException {
        Path version = publish();
        Files.writeString(version.resolve("bundle.json"), "{\"format\": 1, ", StandardOpenOption.TRUNCATE_EXISTING);

        assertThatThrownBy(() -> new ModelReader(hadoop).open(model()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot open model " + model() + ": bundle.json cannot be read: ");
    }

    @Test
    void indexWithoutFormatIsRefused() throws IOException {
        Path version = publish();
        Files.writeString(version.resolve("bundle.json"), "{}");

        assertThatThrownBy(() -> new ModelReader(hadoop).open(model()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot open model " + model() + ": bundle.json cannot be read: ")
                .hasMessageContaining("'format'");
    }

    @Test
    void missingModelIsRefused() {
        assertRefused("Cannot open model %s: there is no current version and no bundle.json"
                + " (give REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version)");
    }

    @Test
    void missingVersionIsRefused() throws IOException {
        publish();
        String version = model() + "@20200101-000000-000000";

        assertThatThrownBy(() -> new ModelReader(hadoop).open(version))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot open model " + version
                        + ": there is no version 20200101-000000-000000, or it is not complete");
    }

    @Test
    void currentVersionThatWasDeletedIsRefused() throws IOException {
        Path version = publish();
        Files.delete(version.resolve("bundle.json"));

        assertRefused("Cannot open model %s: its current version " + version.getFileName()
                + " has no bundle.json; the version was deleted");
    }

    @Test
    void pointerThatNamesNoVersionIsRefused() throws IOException {
        publish();
        Files.writeString(registry.resolve("cats/current"), "../../elsewhere");

        assertThatThrownBy(() -> new ModelReader(hadoop).open(model()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot open model " + model() + ": " + model() + "/current has '../../elsewhere'"
                        + " (expected a version such as 20260314-091500-a1b2c3)");
    }

    @Test
    void versionOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> new ModelReader(hadoop).open("models/cats@latest"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid model URI: models/cats@latest"
                        + " (expected REGISTRY/NAME@VERSION with a version such as 20260314-091500-a1b2c3)");
    }

    @Test
    void unknownFileSystemIsRefused() {
        assertThatThrownBy(() -> new ModelReader(hadoop).open("gopher://host/cats"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot open model gopher://host/cats: No FileSystem for scheme \"gopher\"");
    }

    @Test
    void everyDamageOfItsJsonIsRefused() throws IOException {
        Path version = publish();
        ObjectMapper json = new ObjectMapper();
        Random random = new Random(14);
        List<String> names = List.of("bundle.json", "labels.json", "preprocessing.json", "provenance.json");
        Map<String, JsonNode> whole = new HashMap<>();
        for (String name : names) {
            whole.put(name, json.readTree(version.resolve(name).toFile()));
        }
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            String name = names.get(random.nextInt(names.size()));
            String damaged = DamagedJson.damaged(whole.get(name), random).toString();
            rewrite(version, name, random.nextInt(8) == 0 ? cut(damaged, random) : damaged);
            try {
                new ModelReader(hadoop).open(model());
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("Cannot ");
                refused++;
            } catch (RuntimeException | Error e) {
                fail("round " + round + ": " + name + " is " + damaged, e);
            }
            for (String each : names) {
                rewrite(version, each, whole.get(each).toString());
            }
        }
        assertThat(refused).isBetween(50, 200);
    }

    private static String cut(String text, Random random) {
        return text.substring(0, random.nextInt(text.length()));
    }

    /** Writes a file of a bundle, and its digest into the index. */
    private static void rewrite(Path version, String name, String content) throws IOException {
        Files.writeString(version.resolve(name), content);
        if (!name.equals("bundle.json")) {
            Path index = version.resolve("bundle.json");
            ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(index.toFile());
            ((ObjectNode) tree.get("files"))
                    .putObject(name)
                    .put("sha256", sha256(content))
                    .put("bytes", bytes(content).length);
            Files.writeString(index, tree.toString());
        }
    }

    @Test
    void classesThatAreNoneOrTwiceAreRefused() throws IOException {
        Path version = publish();
        for (String labels : List.of("[]", "[null, \"cat\"]", "[\"cat\", \"cat\"]")) {
            rewrite(version, "labels.json", labels);
            assertRefused("Cannot open model %s: labels.json does not name each class once");
        }
    }

    @Test
    void aPointerOfMegabytesIsNotReadAndALongOneIsShownCut() throws IOException {
        publish();
        Path current = registry.resolve("cats/current");
        Files.writeString(current, "x".repeat(2_000_000));

        assertRefused("Cannot read " + current + ": it has 2000000 bytes, a file of its kind has at most 65536");

        Files.writeString(current, "\u001B[31m" + "x".repeat(1000));

        assertRefused("Cannot open model %s: " + current + " has '\\u001B[31m" + "x".repeat(189) + "…'"
                + " (expected a version such as 20260314-091500-a1b2c3)");
    }

    @Test
    void anInputSizeWhoseImageIsTooLargeIsRefused() {
        new Preprocessing(6688, "bilinear", "x", "1").requireImageWithin(512 << 20);

        for (int size : new int[] {6689, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> new Preprocessing(size, "bilinear", "x", "1").requireImageWithin(512 << 20))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "Invalid inputSize of a model: %d (expected at most 6688: an image may take 536870912 bytes)",
                            size);
        }
    }

    private String model() {
        return registry.resolve("cats").toString();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> new ModelReader(hadoop).open(model()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(String.format(message, model()));
    }

    private Path publish() {
        String version =
                new DirectPublisher(model(), hadoop).publish(description(), out -> out.write(bytes("network")));
        return registry.resolve("cats/versions").resolve(version);
    }

    private Path writeFormatOne() throws IOException {
        Path version = registry.resolve("cats/versions/20260314-091500-a1b2c3");
        Files.createDirectories(version);
        Files.writeString(registry.resolve("cats/current"), "20260314-091500-a1b2c3");
        Files.writeString(version.resolve("network.zip"), "network");
        Files.writeString(version.resolve("labels.json"), "[\"cat\", \"dog\"]");
        Files.writeString(version.resolve("preprocessing.json"), """
            {"inputSize": 150, "resize": "bilinear", "scaling": "x / 127.5 - 1", "decoderVersion": "1"}
            """);
        Files.writeString(version.resolve("settings.conf"), "seed = 42\n");
        Files.writeString(version.resolve("metrics.json"), "{\"accuracy\":0.5}");
        Files.writeString(version.resolve("provenance.json"), """
            {
              "manifestDigest": "m1",
              "baseName": "xception",
              "baseDigest": "b1",
              "fingerprint": "f1",
              "versions": {"graft": "0.1.0", "spark": "3.5.9"},
              "seed": 42,
              "created": "2026-03-14T09:15:00Z",
              "command": "train"
            }
            """);
        Files.writeString(version.resolve("bundle.json"), index(version));
        return version;
    }

    private static String index(Path version) throws IOException {
        StringBuilder files = new StringBuilder();
        for (String name : List.of(
                "labels.json",
                "metrics.json",
                "network.zip",
                "preprocessing.json",
                "provenance.json",
                "settings.conf")) {
            String content = Files.readString(version.resolve(name));
            files.append(files.isEmpty() ? "" : ",\n    ")
                    .append(String.format(
                            "\"%s\": {\"sha256\": \"%s\", \"bytes\": %d}",
                            name, sha256(content), bytes(content).length));
        }
        return """
            {
              "format": 1,
              "version": "20260314-091500-a1b2c3",
              "files": {
                %s
              }
            }
            """.formatted(files);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
