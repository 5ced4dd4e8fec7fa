package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.publish.ModelDescription;
import dev.graft.publish.Preprocessing;
import dev.graft.publish.Provenance;
import dev.graft.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnusedSettingsTest {
    private static final ModelDescription MODEL = model(
            "base.name=xception",
            "base.weights=ftp://u:secret@host/x.h5",
            "base.cut=block13_sepconv2",
            "base.input=150");

    private static ModelDescription model(String... settings) {
        return new ModelDescription(
                List.of("cat", "dog"),
                new Preprocessing(150, "bilinear", "x / 127.5 - 1", "2"),
                Settings.load(List.of(), List.of(settings)).effective(),
                null,
                null,
                new Provenance("", "xception", "", "", new TreeMap<>(), 1, Instant.EPOCH, "", ""));
    }

    private static List<String> notes(String... given) {
        return UnusedSettings.notes(Stages.from(Settings.load(List.of(), List.of(given))), MODEL);
    }

    @Test
    void settingsThatAModelHasOtherwiseAreNoted() {
        assertThat(notes(
                        "base.name=mobilenet-v2",
                        "base.weights=ftp://u:secret@host/y.h5",
                        "base.digest=\"sha256:00\"",
                        "base.alpha=0.5",
                        "base.input=96",
                        "base.cut=block12",
                        "decode.resize=nearest"))
                .containsExactly(
                        "Note: base.name = mobilenet-v2 is not used: the model says what its base is",
                        "Note: base.weights = ftp://***@host/y.h5 is not used: the model says what its base is",
                        "Note: base.digest = sha256:00 is not used: the model says what its base is",
                        "Note: base.alpha = 0.5 is not used: the model says what its base is",
                        "Note: base.input = 96 is not used: the model says what its base is",
                        "Note: base.cut = block12 is not used: the model says what its base is",
                        "Note: decode.resize = nearest is not used: the model says how its images are resized");
    }

    @Test
    void settingsThatAModelHasTooAreNot() {
        assertThat(notes()).isEmpty();
        assertThat(notes(
                        "base.name=xception",
                        "base.weights=ftp://u:secret@host/x.h5",
                        "base.alpha=1",
                        "base.input=150",
                        "base.cut=block13_sepconv2",
                        "decode.resize=bilinear"))
                .isEmpty();
    }

    @Test
    void aLayerThatTheModelsBaseHasNotIsShownAsItIsGiven() {
        assertThat(notes("base.cut=Conv_1"))
                .containsExactly("Note: base.cut = Conv_1 is not used: the model says what its base is");
        assertThat(notes("base.cut=\"\""))
                .containsExactly("Note: base.cut = \"\" is not used: the model says what its base is");
    }
}
