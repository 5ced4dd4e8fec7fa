package dev.graft.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;

/** Can every JVM read, write and delete files in a storage, and do all see the same files? */
record StorageCheck(String uri) implements Check {
    private static final Map<String, String> MODULES =
            Map.of("s3a", "hadoop-aws", "abfs", "hadoop-azure", "abfss", "hadoop-azure", "oss", "hadoop-aliyun");

    @Override
    public String name() {
        return "storage " + uri;
    }

    @Override
    public List<Finding> judge(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (ExecutorFacts jvm : facts.jvms()) {
            jvm.storages().stream()
                    .filter(visit -> visit.uri().equals(uri))
                    .forEach(visit -> findings.add(judge(visit, jvm.location())));
        }
        return findings;
    }

    private Finding judge(StorageVisit visit, Location location) {
        return switch (visit.trouble()) {
            case NONE -> Finding.ok("written, read and deleted", location);
            case NOT_SHARED ->
                Finding.failure(
                        "what the driver wrote is not there: " + visit.message(),
                        location,
                        "images, features and models must be the same for all",
                        "name a storage that the driver and all executors share: HDFS, an object store, or a file"
                                + " system that all hosts mount");
            case NO_FILE_SYSTEM ->
                Finding.failure(
                        "no file system for its scheme: " + visit.message(),
                        location,
                        "Graft reads and writes through Hadoop's file systems",
                        fileSystemRemedy());
            case REFUSED ->
                Finding.failure(
                        "refused: " + visit.message(),
                        location,
                        "a run reads and writes there",
                        "let the user that Spark runs as read and write there, or name credentials in"
                                + " --conf spark.hadoop.fs." + scheme() + ".*");
            case OTHER ->
                Finding.failure(
                        visit.message(),
                        location,
                        "a run reads and writes there",
                        "check the URI, and its file system's settings in --conf spark.hadoop.fs." + scheme() + ".*");
        };
    }

    private String fileSystemRemedy() {
        String module = MODULES.get(scheme());
        return module == null
                ? "give spark-submit the jars of that file system with --jars or --packages"
                : "--packages org.apache.hadoop:" + module + ":" + VersionInfo.getVersion();
    }

    private String scheme() {
        if (uri.isBlank()) {
            return "*";
        }
        URI parsed = new Path(uri).toUri();
        return parsed.getScheme() == null ? "*" : parsed.getScheme();
    }
}
