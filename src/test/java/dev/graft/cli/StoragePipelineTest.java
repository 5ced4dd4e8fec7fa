package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Images, manifest, features, checkpoints and models on a storage that is not the local disk. */
abstract class StoragePipelineTest {
    static final int PER_CLASS = 30;
    private static final String[] SMALL_BASE = {"--base", "xception-mini", "--input", "64", "--cut", "block3"};

    /** Where everything is. */
    abstract String root();

    final FileSystem files() throws IOException {
        return new Path(root()).getFileSystem(TestSpark.session().sessionState().newHadoopConf());
    }

    /** Puts pictures of 30 cats and 30 dogs and three broken files there. */
    final void writePictures(java.nio.file.Path directory) throws IOException {
        DemoImages.write(directory.resolve("pictures"), PER_CLASS, 5);
        FileSystem files = files();
        FileUtil.copy(
                directory.resolve("pictures").toFile(), files, new Path(root(), "pictures"), false, files.getConf());
    }

    @Test
    void thePipelineRunsFromImagesToModel() throws IOException {
        String manifest = root() + "/pictures.csv";
        String features = root() + "/features";
        assertThat(done("manifest", root() + "/pictures", "--out", manifest)).contains("manifest " + manifest);
        String[] extract = {"extract", "--manifest", manifest, "--out", features};
        assertThat(done(onSmallBase(extract))).contains("images 63 = written 60 + reused 0 + rejected 3");
        assertThat(done(onSmallBase(extract))).contains("images 63 = written 0 + reused 60 + rejected 3");

        String model = root() + "/models/pets";
        assertThat(done("train", "--manifest", manifest, "--features", features, "--out", model))
                .contains("model " + model + " version ");
        assertThat(done("evaluate", "--model", model, "--manifest", manifest, "--split", "all", "--json"))
                .contains("\"images\":60");
        String predictions = root() + "/predictions";
        done("predict", "--model", model, "--manifest", manifest, "--out", predictions);

        assertThat(files().exists(new Path(predictions, "_SUCCESS"))).isTrue();
        Path checkpoints = new Path(model, "checkpoints");
        assertThat(!files().exists(checkpoints) || files().listStatus(checkpoints).length == 0)
                .isTrue();
    }

    @Test
    void trainingAboveTheCutRuns() {
        String manifest = root() + "/more.csv";
        done("manifest", root() + "/pictures", "--out", manifest);
        String model = root() + "/models/end-to-end";
        String[] train = {
            "train",
            "--end-to-end",
            "--manifest",
            manifest,
            "--out",
            model,
            "--set",
            "head.epochs=2",
            "--set",
            "decode.max-rejected-share=0.1"
        };
        assertThat(done(onSmallBase(train))).contains("model " + model + " version ");
        String tuned = root() + "/models/tuned";
        assertThat(done(
                        "fine-tune",
                        "--model",
                        model,
                        "--manifest",
                        manifest,
                        "--out",
                        tuned,
                        "--set",
                        "fine-tune.epochs=1",
                        "--set",
                        "decode.max-rejected-share=0.1"))
                .contains("batch norm statistics changed: 0", "model " + tuned + " version ");
    }

    @Test
    void aNightLeavesItsModelAndItsPage() throws IOException {
        String model = root() + "/models/nightly";
        String[] night = {
            "retrain",
            "--set",
            "retrain.images=" + root() + "/pictures",
            "--set",
            "retrain.model=" + model,
            "--set",
            "head.epochs=2",
            "--set",
            "decode.max-rejected-share=0.1"
        };
        String first = done(onSmallBase(night));
        assertThat(first).contains(" promoted " + model + " version ");
        Matcher page = Pattern.compile("report (.*/report.html)").matcher(first);
        assertThat(page.find()).isTrue();
        assertThat(files().exists(new Path(page.group(1)))).isTrue();
        assertThat(files().exists(new Path(model, "runs/index.html"))).isTrue();
        assertThat(files().exists(new Path(model, "runs/_lock"))).isFalse();
        assertThat(done(onSmallBase(night))).contains("nothing new since run ");
    }

    /** Standard output of a run, which must end well. */
    static String done(String... arguments) {
        Cli run = Cli.run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    static String[] onSmallBase(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + SMALL_BASE.length);
        System.arraycopy(SMALL_BASE, 0, all, arguments.length, SMALL_BASE.length);
        return all;
    }
}
