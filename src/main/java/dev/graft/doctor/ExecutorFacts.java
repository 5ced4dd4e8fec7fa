package dev.graft.doctor;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;

/**
 * What is so in one JVM of the application: an executor, or the driver, which Spark counts among them. Gathered there,
 * judged on the driver.
 */
record ExecutorFacts(
        Location location,
        JavaFacts java,
        SparkFacts spark,
        NativeFacts natives,
        MemoryFacts memory,
        List<DirectoryFacts> temporary,
        List<StorageVisit> storages)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** @param markers files that the driver wrote to the storages of the run */
    static ExecutorFacts here(List<StorageMarker> markers, Configuration hadoop) {
        return new ExecutorFacts(
                Location.here(),
                JavaFacts.here(),
                SparkFacts.here(),
                NativeFacts.here(),
                MemoryFacts.here(),
                temporaryHere(),
                visit(markers, hadoop));
    }

    ExecutorFacts plus(List<StorageVisit> more) {
        List<StorageVisit> all = new ArrayList<>(storages);
        all.addAll(more);
        return new ExecutorFacts(location, java, spark, natives, memory, temporary, all);
    }

    private static List<DirectoryFacts> temporaryHere() {
        Set<Path> directories = new LinkedHashSet<>();
        for (File directory : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
            directories.add(directory.toPath());
        }
        directories.add(Path.of(System.getProperty("java.io.tmpdir")));
        List<DirectoryFacts> temporary = new ArrayList<>();
        directories.forEach(directory -> temporary.add(DirectoryFacts.of(directory)));
        return temporary;
    }

    private static List<StorageVisit> visit(List<StorageMarker> markers, Configuration hadoop) {
        List<StorageVisit> visits = new ArrayList<>();
        markers.forEach(marker -> visits.add(marker.visit(hadoop)));
        return visits;
    }
}
