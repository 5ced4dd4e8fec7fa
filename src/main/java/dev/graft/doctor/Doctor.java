package dev.graft.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Looks for what would make a run fail or slow: on the driver, on every executor, and in the settings of Spark. */
public final class Doctor {
    private final SparkSession spark;
    private final BuiltWith built;
    private final NativeDemand demand;
    private final HeapDemand heap;

    public Doctor(SparkSession spark, BuiltWith built, NativeDemand demand, HeapDemand heap) {
        this.spark = spark;
        this.built = built;
        this.demand = demand;
        this.heap = heap;
    }

    /**
     * Examines the application that the session belongs to.
     *
     * @param storages URIs of directories that runs read and write
     */
    public Diagnosis examine(List<String> storages) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<String> uris = storages.stream().distinct().toList();
        try (StorageMarkers markers = StorageMarkers.place(uris, hadoop)) {
            return Diagnosis.of(checks(uris), facts(markers, hadoop));
        }
    }

    private Facts facts(StorageMarkers markers, Configuration hadoop) {
        SparkContext context = spark.sparkContext();
        FactsRequest request =
                new FactsRequest(UUID.randomUUID().toString(), markers.placed(), new SerializableConfiguration(hadoop));
        ExecutorFacts driver = request.facts().plus(markers.failed());
        Visits visits = new ExecutorVisits(context, request).run();
        Stream<ExecutorFacts> executors =
                visits.executors().stream().filter(facts -> facts.location().role() == Role.EXECUTOR);
        List<ExecutorFacts> jvms = Stream.concat(Stream.of(driver), executors).toList();
        return new Facts(context.getConf(), built, demand, heap, jvms, visits);
    }

    private static List<Check> checks(List<String> storages) {
        List<Check> checks = new ArrayList<>(List.of(
                new ExecutorsCheck(),
                new JavaCheck(),
                new ModulesCheck(),
                new FileNamesCheck(),
                new SparkVersionCheck(),
                new ScalaVersionCheck(),
                new LibraryCacheCheck(),
                new KernelsCheck(),
                new DecodersCheck(),
                new OpenMpCheck(),
                new HeapCheck(),
                new NativeMemoryCheck(),
                new JavaCppCheck(),
                new GpuCheck(),
                new ClockCheck(),
                new TemporarySpaceCheck()));
        storages.forEach(uri -> checks.add(new StorageCheck(uri)));
        return checks;
    }
}
