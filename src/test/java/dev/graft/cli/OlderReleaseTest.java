package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.TestSpark;
import dev.graft.predict.PredictionColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an older release wrote is read, and gone on from. The archive was written by commit cfff8e9: pictures, a manifest, a
 * feature store, models of each kind of training with their predictions, and a model of {@code retrain} after one night;
 * {@code docs/contributing.md} has the commands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlderReleaseTest {
    private Path directory;
    private String manifest;

    @BeforeAll
    void unpack(@TempDir Path directory) throws IOException {
        this.directory = directory;
        manifest = at("pictures.csv");
        try (InputStream in =
                        Objects.requireNonNull(OlderReleaseTest.class.getResourceAsStream("written-by-cfff8e9.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse();
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pets", "tuned", "e2e"})
    void aModelPredictsWhatItPredicted(String model) {
        Cli predicted = Cli.run(
                "predict",
                "--model",
                at("models/" + model),
                "--manifest",
                manifest,
                "--out",
                at("again/" + model),
                "--set",
                "decode.max-rejected-share=0.1");

        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        Map<String, List<Float>> before = probabilities("predictions/" + model);
        Map<String, List<Float>> now = probabilities("again/" + model);
        assertThat(now).isNotEmpty().containsOnlyKeys(before.keySet());
        now.forEach((name, values) -> {
            for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i)).as(name).isCloseTo(before.get(name).get(i), within(1e-6f));
            }
        });
    }

    /** By the end of the uri: the pictures have moved since. */
    private Map<String, List<Float>> probabilities(String table) {
        return TestSpark.session().read().parquet(at(table)).collectAsList().stream()
                .collect(Collectors.toMap(
                        OlderReleaseTest::picture,
                        row -> row.getList(row.fieldIndex(PredictionColumns.PROBABILITIES))));
    }

    private static String picture(Row row) {
        String uri = row.getAs(PredictionColumns.URI);
        return uri.substring(uri.lastIndexOf("/pictures/"));
    }

    @Test
    void itsFeaturesAreReused() {
        Cli extracted = Cli.run(
                "extract",
                "--base",
                "xception-mini",
                "--input",
                "64",
                "--cut",
                "block3",
                "--manifest",
                manifest,
                "--out",
                at("store"));

        assertThat(extracted.exitCode()).as(extracted.err()).isZero();
        assertThat(extracted.out()).contains("images 63 = written 0 + reused 60 + rejected 3");
    }

    @Test
    void aModelIsTunedAndHeldAgainstIt() {
        Cli tuned = Cli.run(
                "fine-tune",
                "--model",
                at("models/pets"),
                "--manifest",
                manifest,
                "--out",
                at("models/new"),
                "--set",
                "fine-tune.epochs=1",
                "--set",
                "decode.max-rejected-share=0.1");
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();

        Cli compared = Cli.run(
                "evaluate",
                "--model",
                at("models/new"),
                "--against",
                at("models/pets"),
                "--manifest",
                manifest,
                "--set",
                "decode.max-rejected-share=1");
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out()).contains("accuracy");
    }

    @Test
    void aNightGoesOnFromIt() {
        Cli night = Cli.run(
                "retrain",
                "--conf",
                at("night.conf"),
                "--set",
                "retrain.images=" + directory.resolve("pictures").toUri(),
                "--set",
                "retrain.model=" + directory.toUri() + "models/nightly");

        assertThat(night.exitCode()).as(night.err()).isZero();
        assertThat(night.out()).contains("written 0 + reused 60 + rejected 3");
    }
}
