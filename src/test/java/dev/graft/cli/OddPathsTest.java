package dev.graft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline on the local disk, where every path has characters that Spark, Hadoop or a URI give a meaning. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddPathsTest extends StoragePipelineTest {
    private String root;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        root = Files.createDirectory(directory.resolve("a [v1] {b,c} %20 #1 d? e* =f ü"))
                .toString();
        writePictures(directory);
    }

    @Override
    String root() {
        return root;
    }
}
