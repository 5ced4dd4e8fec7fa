package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.decode.ImageDecoder;
import dev.graft.drawn.DemoImages;
import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.publish.Decision;
import dev.graft.publish.ModelBundle;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.ModelPublisher;
import dev.graft.publish.ModelReader;
import dev.graft.publish.ModelRegistry;
import dev.graft.publish.Preprocessing;
import dev.graft.settings.DataGateException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a version that is trained by hand, beside one that is good. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionTest {
    private static final String[] GOOD = {"head.epochs=30", "head.learning-rate=0.03", "head.dropout=0"};
    private static final String[] BAD = {"head.epochs=0"};

    private String manifest = "";
    private String store = "";
    private String model = "";
    private String good = "";

    @BeforeAll
    void trainAGoodOne(@TempDir Path directory) throws IOException {
        manifest = directory.resolve("pictures.csv").toUri().toString();
        store = directory.resolve("store").toUri().toString();
        model = directory.resolve("models/pets").toUri().toString();
        DemoImages.write(directory.resolve("pictures"), 20, 3);
        new DirectoryManifest(TestSpark.session(), stages(GOOD).manifest())
                .write(directory.resolve("pictures").toUri().toString(), manifest, ExistingManifest.REPLACE);
        assertThat(train(Promote.RULE, GOOD).besideTheBase())
                .noneMatch(note -> note.contains("takes the place"))
                .anyMatch(note -> note.matches("features file:/.+/store/[0-9a-f]{16}"));
        good = current();
    }

    @BeforeEach
    void makeItCurrent() {
        registry().promote(good, "it is good");
    }

    private ModelRegistry registry() {
        return new ModelRegistry(model, new Configuration());
    }

    private static Stages stages(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "base.input=64", "base.cut=block3", "decode.max-rejected-share=0.3", "manifest.split=[0.5, 0.1, 0.4]"));
        all.addAll(List.of(settings));
        return Stages.from(Settings.load(List.of(), all));
    }

    private KeptLog train(Promote promote, String... settings) {
        KeptLog log = new KeptLog();
        new HeadTraining(new RunContext(TestSpark.session(), stages(settings), "graft train", log))
                .onFeatures(manifest, store, model, promote);
        return log;
    }

    private String current() {
        return registry().current().orElseThrow();
    }

    @Test
    void aWorseOneIsPromotedIfThatIsAskedForAndBothFiguresAreSaid() {
        KeptLog log = train(Promote.ALWAYS, BAD);
        assertThat(current()).isNotEqualTo(good);
        assertThat(log.besideTheBase())
                .filteredOn(note -> note.startsWith("Warning: "))
                .singleElement()
                .asString()
                .matches("Warning: version " + current() + " takes the place of " + good
                        + " with an accuracy of 0\\.\\d{4} against [01]\\.\\d{4} on the same test images; accuracy .*"
                        + "\\(graft models rollback undoes it, --promote rule prevents it\\)");
        assertThat(log.notes).endsWith("version " + current() + " is current now");
        assertThat(registry().rollback("by hand")).isEqualTo(good);
    }

    @Test
    void theRuleKeepsAWorseOneBack() {
        assertThatThrownBy(() -> train(Promote.RULE, BAD))
                .isInstanceOf(DataGateException.class)
                .hasMessageMatching(model + "@\\S+ is kept and not promoted: accuracy 0\\.\\d{4}, .*");
        assertThat(current()).isEqualTo(good);
        assertThat(registry().versions().get(0).decision())
                .hasValueSatisfying(decision -> assertThat(decision.kind()).isEqualTo(Decision.Kind.REFUSED));
    }

    @Test
    void nothingIsPromotedWhereThatIsAskedFor() {
        KeptLog log = train(Promote.NEVER, BAD);
        assertThat(current()).isEqualTo(good);
        assertThat(log.notes).anyMatch(note -> note.contains("is kept and not current, as --promote never says"));
    }

    @Test
    void aModelThatWasTrainedOnImagesOfAnotherDecoderIsSaidToBeOne() {
        ModelBundle bundle = new ModelReader(new Configuration()).open(model + "@" + good);
        ModelDescription description = bundle.description();
        Preprocessing now = description.preprocessing();
        ModelDescription earlier = new ModelDescription(
                description.labels(),
                new Preprocessing(now.inputSize(), now.resize(), now.scaling(), "0"),
                description.settings(),
                description.metrics(),
                description.history(),
                description.provenance());
        String name = model + "-of-decoder-0";
        String version = new ModelPublisher(name, new Configuration()).add(earlier, out -> {
            try (InputStream network = bundle.openNetwork()) {
                network.transferTo(out);
            }
        });
        KeptLog log = new KeptLog();
        OpenedModel.open(TestSpark.session(), name + "@" + version, stages(GOOD).decode(), log);
        OpenedModel.open(TestSpark.session(), model + "@" + good, stages(GOOD).decode(), log);
        assertThat(log.notes)
                .filteredOn(note -> note.contains("decoder"))
                .containsExactly("Note: " + name + "@" + version
                        + " was trained on images of decoder 0, this Graft has decoder " + ImageDecoder.VERSION);
    }

    @Test
    void aCurrentVersionThatCannotBeOpenedIsNoReasonToLoseATraining() throws IOException {
        train(Promote.ALWAYS, BAD);
        String damaged = current();
        Path network = Path.of(URI.create(model)).resolve("versions/" + damaged + "/network.zip");
        Files.write(network, new byte[] {1, 2, 3});
        KeptLog log = train(Promote.ALWAYS, BAD);
        assertThat(current()).isNotEqualTo(damaged);
        assertThat(log.notes)
                .anyMatch(note -> note.startsWith("Warning: version " + current() + " takes the place of " + damaged
                        + " and cannot be held against it: "));
    }
}
