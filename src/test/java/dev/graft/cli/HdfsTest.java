package dev.graft.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline on an HDFS with a NameNode and two DataNodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsTest extends StoragePipelineTest {
    private MiniDFSCluster hdfs;
    private String root;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
        hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
        hdfs.waitActive();
        root = hdfs.getURI() + "/team [v1] {a,b} %20 #1 c? d*";
        writePictures(directory);
    }

    @AfterAll
    void stop() {
        hdfs.shutdown();
    }

    @Override
    String root() {
        return root;
    }
}
