package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.demo.DemoImages;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images, manifest, features, checkpoints and models on an HDFS with a NameNode and two DataNodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsTest {
    private static final String[] SMALL_BASE = {"--base", "xception-mini", "--input", "64", "--cut", "block3"};

    private MiniDFSCluster hdfs;
    private String root;

    @BeforeAll
    void start(@TempDir java.nio.file.Path directory) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
        hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
        hdfs.waitActive();
        root = hdfs.getURI() + "/team";
        DemoImages.write(directory.resolve("pictures"), 30, 5);
        FileSystem files = hdfs.getFileSystem();
        FileUtil.copy(directory.resolve("pictures").toFile(), files, new Path(root, "pictures"), false, configuration);
    }

    @AfterAll
    void stop() {
        hdfs.shutdown();
    }

    @Test
    void thePipelineRunsOnHdfsFromImagesToModel() throws IOException {
        String manifest = root + "/pictures.csv";
        String features = root + "/features";
        assertThat(done("manifest", root + "/pictures", "--out", manifest)).contains("manifest " + manifest);
        String[] extract = {"extract", "--manifest", manifest, "--out", features};
        assertThat(done(with(SMALL_BASE, extract))).contains("images 63 = written 60 + reused 0 + rejected 3");
        assertThat(done(with(SMALL_BASE, extract))).contains("images 63 = written 0 + reused 60 + rejected 3");

        String model = root + "/models/pets";
        assertThat(done("train", "--manifest", manifest, "--features", features, "--out", model))
                .contains("model " + model + " version ");
        assertThat(done("evaluate", "--model", model, "--manifest", manifest, "--split", "all", "--json"))
                .contains("\"images\":60");
        String predictions = root + "/predictions";
        done("predict", "--model", model, "--manifest", manifest, "--out", predictions);

        FileSystem files = hdfs.getFileSystem();
        assertThat(files.exists(new Path(predictions, "_SUCCESS"))).isTrue();
        assertThat(files.listStatus(new Path(model, "checkpoints"))).isEmpty();
    }

    @Test
    void trainingAboveTheCutRunsOnHdfs() {
        String manifest = root + "/more.csv";
        done("manifest", root + "/pictures", "--out", manifest);
        String model = root + "/models/end-to-end";
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
        assertThat(done(with(SMALL_BASE, train))).contains("model " + model + " version ");
        String tuned = root + "/models/tuned";
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

    private static String done(String... arguments) {
        Cli run = Cli.run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    private static String[] with(String[] base, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + base.length);
        System.arraycopy(base, 0, all, arguments.length, base.length);
        return all;
    }
}
