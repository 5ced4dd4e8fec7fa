package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extraction on two workers, of which one has a small disk that fills up half way. */
@Tag("long")
class FullDiskTest {
    private static final String SMALL = "32m";

    private final Path directory;
    private final Path disk;
    private SmallDisk mounted;

    FullDiskTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.disk = directory.resolve("disk");
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 30, 9);
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mounted = SmallDisk.mount(disk, SMALL);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted != null) {
            mounted.close();
        }
    }

    @Test
    void theOtherExecutorDoesTheWorkOfOneWhoseDiskIsFull() throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest);
        Path store = directory.resolve("store");
        try (StandaloneCluster cluster = new StandaloneCluster(directory)) {
            cluster.addWorker("2g", Files.createDirectories(directory.resolve("large")));
            cluster.addWorker("2g", disk);
            // the manifest in many partitions, so that both executors have some of it, and write shuffle files
            Map<String, String> properties = Map.of(
                    "spark.executor.memory", "1g",
                    "spark.sql.files.maxPartitionBytes", "512",
                    "spark.sql.files.openCostInBytes", "1");
            GraftProcess graft = GraftProcess.start(
                    directory,
                    cluster.master(),
                    properties,
                    "extract",
                    "--manifest",
                    manifest,
                    "--input",
                    "64",
                    "--out",
                    store.toString(),
                    "--set",
                    "extract.shard-images=10");
            String out;
            try (DiskFiller filler = new DiskFiller(disk.resolve("filler"))) {
                graft.awaitFeatures(store, 1);
                filler.start();
                out = graft.end();
            } finally {
                graft.kill();
            }
            assertThat(out).contains("images 63 = written 60 + reused 0 + rejected 3");
            assertThat(Files.readAllLines(graft.err()))
                    .anyMatch(line -> line.contains("Lost task") && line.contains("No space left on device"));
        }
        assertThat(uris(store)).hasSize(60).doesNotHaveDuplicates();
    }

    /** Takes all the room that there is on a disk, and what others give back. */
    private static final class DiskFiller extends Thread implements AutoCloseable {
        private final Path file;
        private volatile boolean done;

        DiskFiller(Path file) {
            this.file = file;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] some = new byte[1 << 12];
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (!done) {
                    fill(out, ByteBuffer.wrap(some));
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void fill(FileChannel out, ByteBuffer some) {
            try {
                while (true) {
                    out.write(some.clear());
                }
            } catch (IOException full) {
                return; // that is what is wanted
            }
        }

        @Override
        public void close() throws InterruptedException {
            done = true;
            if (isAlive()) {
                join();
            }
        }
    }

    private static List<String> uris(Path store) {
        return TestSpark.session()
                .read()
                .parquet(store + "/*/*.parquet")
                .select("uri")
                .as(Encoders.STRING())
                .collectAsList();
    }
}
