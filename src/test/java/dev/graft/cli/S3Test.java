package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.cli.FaultyProxy.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline on S3, on one that is killed, and on one that fails now and then. */
@Tag("s3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3Test extends StoragePipelineTest {
    private static final String ROOT = "s3a://team/data";
    /** Where every path has characters that Spark, Hadoop, S3 or a URI give a meaning. */
    private static final String ODD = ROOT + "/a [v1] {b,c} %20 #1 d? e*";
    /** The same bucket by way of a proxy that is told what to do wrong. */
    private static final String UNSTEADY = "s3a://unsteady/data";

    private static final int KILLS = 3;

    private java.nio.file.Path directory;
    private S3Server s3;
    private FaultyProxy proxy;

    @BeforeAll
    void start(@TempDir java.nio.file.Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        s3 = S3Server.start(directory, "team", "unsteady");
        proxy = FaultyProxy.start(s3.endpoint());
        Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
        s3.hadoopSettings().forEach(hadoop::set);
        unsteadySettings().forEach(hadoop::set);
        writePictures(directory);
        FileSystem unsteady = new Path(UNSTEADY).getFileSystem(hadoop);
        FileUtil.copy(directory.resolve("pictures").toFile(), unsteady, new Path(UNSTEADY, "pictures"), false, hadoop);
    }

    /** No second attempts of its own: what is tried again is tried by Graft. */
    private Map<String, String> unsteadySettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fs.s3a.bucket.unsteady.endpoint", proxy.endpoint().toString());
        settings.put("fs.s3a.bucket.unsteady.attempts.maximum", "0");
        settings.put("fs.s3a.bucket.unsteady.retry.limit", "0");
        settings.put("fs.s3a.bucket.unsteady.retry.throttle.limit", "0");
        settings.put("fs.s3a.bucket.unsteady.connection.timeout", "5000");
        return settings;
    }

    @AfterAll
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    @Override
    String root() {
        return ODD;
    }

    @Test
    void anExtractionThatIsKilledGoesOnWhereItWasThoughAStoreHasNoRename() throws Exception {
        String manifest = ROOT + "/killed.csv";
        done("manifest", ODD + "/pictures", "--out", manifest);
        String[] extract = extract(manifest, ROOT + "/killed", "--set", "extract.shard-images=10");
        Map<String, String> properties = properties();
        java.nio.file.Path store = directory.resolve("buckets/team/data/killed");
        for (int kill = 0; kill < KILLS; kill++) {
            int before = GraftProcess.filesOfFeatures(store);
            GraftProcess graft = GraftProcess.start(directory, "local[2]", properties, extract);
            graft.awaitFeatures(store, before + 1);
            graft.kill();
        }
        assertThat(GraftProcess.start(directory, "local[2]", properties, extract)
                        .end())
                .containsPattern("images 63 = written [0-9]+ \\+ reused [0-9]+ \\+ rejected 3");
        done(extract(manifest, ROOT + "/unbroken"));
        assertThat(rows("killed")).hasSize(2 * PER_CLASS).isEqualTo(rows("unbroken"));
    }

    private static List<String> rows(String store) {
        return TestSpark.session()
                .read()
                .parquet(ROOT + "/" + store + "/*/*.parquet")
                .select("uri", "label", "split", "content_sha256", "view", "features")
                .sort("uri")
                .toJSON()
                .collectAsList();
    }

    private static String[] extract(String manifest, String store, String... more) {
        String[] extract = {"extract", "--manifest", manifest, "--out", store, "--input", "64"};
        return Stream.of(extract, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Every image is refused three times, and every tenth is late after that. */
    @Test
    void imagesThatAreUnavailableOrLateAreTriedAgain() throws IOException {
        String manifest = unsteady("tried");
        int before = proxy.refused();
        proxy.setFaults(refusedThreeTimes());
        assertThat(done(extract(manifest, UNSTEADY + "/tried", attempts(8))))
                .contains("images 63 = written 60 + reused 0 + rejected 3");
        assertThat(proxy.refused() - before).isGreaterThanOrEqualTo(3 * 2 * PER_CLASS);
        assertThat(proxy.late()).isPositive();

        proxy.setFaults(refusedThreeTimes());
        Cli impatient = Cli.run(extract(manifest, UNSTEADY + "/impatient", attempts(3)));
        assertThat(impatient.out()).contains("images 63 = written 0 + reused 0 + rejected 63");
        assertThat(impatient.exitCode()).isEqualTo(3);
    }

    private static FaultyProxy.Faults refusedThreeTimes() {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        return (method, path) -> {
            int number = isPicture(path) ? asked.merge(path, 1, Integer::sum) : Integer.MAX_VALUE;
            return number <= 3 ? Fault.UNAVAILABLE : number == 4 && path.contains("0.") ? Fault.LATE : Fault.NONE;
        };
    }

    private static String[] attempts(int attempts) {
        return new String[] {"--set", "decode.read-attempts=" + attempts, "--set", "decode.read-backoff-ms=20"};
    }

    @Test
    void aStorageThatStaysDownRejectsEveryImageAndTheNextRunReadsThem() throws IOException {
        String manifest = unsteady("down");
        proxy.setFaults((method, path) -> isPicture(path) ? Fault.UNAVAILABLE : Fault.NONE);
        String[] extract = extract(manifest, UNSTEADY + "/down", attempts(2));
        Cli down = Cli.run(extract);
        assertThat(down.exitCode()).as(down.err()).isEqualTo(3);
        assertThat(down.err() + down.out())
                .contains("images 63 = written 0 + reused 0 + rejected 63", "Too many images rejected: 63 of 63");
        proxy.setFaults((method, path) -> Fault.NONE);
        assertThat(done(extract)).contains("images 63 = written 60 + reused 0 + rejected 3");
    }

    /** A manifest of the pictures, made while nothing fails. */
    private String unsteady(String name) {
        proxy.setFaults((method, path) -> Fault.NONE);
        String manifest = UNSTEADY + "/" + name + ".csv";
        done("manifest", UNSTEADY + "/pictures", "--out", manifest);
        return manifest;
    }

    private static boolean isPicture(String path) {
        return path.contains("/pictures/") && path.contains(".");
    }

    @Test
    void credentialsAreInNoFileAndNoMessage() throws Exception {
        String manifest = ROOT + "/credentials.csv";
        done("manifest", ODD + "/pictures", "--out", manifest);
        done(extract(manifest, ROOT + "/credentials"));
        String[] train = {
            "train",
            "--manifest",
            manifest,
            "--features",
            ROOT + "/credentials",
            "--out",
            ROOT + "/models/credentials",
            "--set",
            "head.epochs=2"
        };
        GraftProcess process = GraftProcess.start(directory, "local[2]", properties(), train);
        assertThat(process.end()).contains("model " + ROOT + "/models/credentials version ");
        List<java.nio.file.Path> written = new ArrayList<>(List.of(process.out(), process.err()));
        try (Stream<java.nio.file.Path> files = Files.walk(directory.resolve("buckets/team/data"))) {
            files.filter(Files::isRegularFile).forEach(written::add);
        }
        assertThat(written).hasSizeGreaterThan(70);
        Set<String> secrets = Set.of(S3Server.SECRET_KEY, S3Server.ACCESS_KEY);
        for (java.nio.file.Path file : written) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(secrets).as(file.toString()).noneMatch(content::contains);
        }
    }

    /** What a process of its own needs to know. */
    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        s3.hadoopSettings().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
        return properties;
    }
}
