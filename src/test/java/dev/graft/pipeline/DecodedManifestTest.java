package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import dev.graft.settings.DataGateException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training end to end says of its images: all of them, those that test too. */
class DecodedManifestTest {
    private final KeptLog log = new KeptLog();
    private final Path directory;
    private final List<String> rows = new ArrayList<>(List.of("uri,label,split"));

    DecodedManifestTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        DemoImages.write(directory.resolve("pictures"), 8, 3);
        for (int i = 0; i < 8; i++) {
            rows.add("pictures/cat/000" + i + ".jpg,cat,train");
            rows.add("pictures/dog/000" + i + ".jpg,dog,train");
        }
    }

    private void copy(String from, String to, String split) throws IOException {
        Files.copy(directory.resolve("pictures/" + from), directory.resolve("pictures/" + to));
        rows.add("pictures/" + to + "," + to.substring(0, to.indexOf('/')) + "," + split);
    }

    private void train() throws IOException {
        train("0.2");
    }

    private void train(String maxRejectedShare) throws IOException {
        Path manifest = Files.write(directory.resolve("pictures.csv"), rows);
        Stages stages = Stages.from(Settings.load(
                List.of(),
                List.of(
                        "base.input=64",
                        "base.cut=block3",
                        "head.epochs=1",
                        "decode.max-rejected-share=" + maxRejectedShare)));
        new HeadTraining(new RunContext(TestSpark.session(), stages, "graft train", log))
                .endToEnd(manifest.toString(), directory.resolve("models/pets").toString(), Promote.ALWAYS);
    }

    @Test
    void picturesThatTrainAndTestAreToldOfEndToEndToo() throws IOException {
        copy("dog/0000.jpg", "dog/tested.jpg", "test");
        copy("cat/0000.jpg", "dog/twice.jpg", "test");
        copy("cat/0001.jpg", "cat/validated.jpg", "validation");

        train();

        assertThat(log.notes)
                .contains(
                        "Warning: 2 of 2 test images that can be decoded stand among the training images too, such as file:"
                                + directory + "/pictures/dog/tested.jpg",
                        "Warning: 1 of 1 validation images that can be decoded stand among the training images too, such as"
                                + " file:" + directory + "/pictures/cat/validated.jpg",
                        "Warning: 2 images have a content that also stands under another label, such as file:"
                                + directory + "/pictures/cat/0000.jpg");
    }

    @Test
    void tooManyTestImagesThatCannotBeDecodedRefuseTheVersion() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.writeString(directory.resolve("pictures/broken" + i + ".jpg"), "<html>503</html>");
            rows.add("pictures/broken" + i + ".jpg,cat,test");
        }
        assertThatThrownBy(this::train)
                .isInstanceOf(DataGateException.class)
                .hasMessageContaining("Too many images rejected: ")
                .hasMessageContaining("decode.max-rejected-share = 0.2");
        assertThat(directory.resolve("models/pets/versions")).doesNotExist();

        train("0.9");

        assertThat(log.notes).as("nothing is lost").anyMatch(note -> note.startsWith("training goes on from "));
        assertThat(directory.resolve("models/pets/versions")).isNotEmptyDirectory();
    }

    @Test
    void whereNothingTestsTheOthersAreLookedAtAllTheSame() throws IOException {
        copy("cat/0001.jpg", "dog/validated.jpg", "validation");

        train();

        assertThat(log.notes)
                .contains(
                        "Warning: 1 of 1 validation images that can be decoded stand among the training images too, such as"
                                + " file:" + directory + "/pictures/dog/validated.jpg",
                        "Warning: 2 images have a content that also stands under another label, such as file:"
                                + directory + "/pictures/cat/0001.jpg");
    }

    @Test
    void fineTuningTellsOfThemToo() throws IOException {
        copy("cat/0001.jpg", "cat/validated.jpg", "validation");
        copy("dog/0000.jpg", "dog/tested.jpg", "test");
        train();
        log.notes.clear();
        String model = directory.resolve("models/pets").toString();
        Stages stages = Stages.from(Settings.load(
                List.of(),
                List.of("base.input=64", "base.cut=block3", "fine-tune.epochs=1", "decode.max-rejected-share=0.2")));
        OpenedModel opened = OpenedModel.open(TestSpark.session(), model, stages.decode(), log);

        new FineTuning(new RunContext(TestSpark.session(), stages, "graft fine-tune", log), opened)
                .tune(
                        directory.resolve("pictures.csv").toString(),
                        model,
                        FineTuning.Start.TRAINED_HEAD,
                        Promote.NEVER);

        assertThat(log.notes)
                .anyMatch(note -> note.startsWith("Warning: 1 of 1 test images that can be decoded stand among"))
                .anyMatch(note -> note.startsWith("Warning: 1 of 1 validation images that can be decoded stand among"));
    }
}
