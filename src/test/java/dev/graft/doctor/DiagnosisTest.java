package dev.graft.doctor;

import static dev.graft.doctor.Cases.BUILT;
import static dev.graft.doctor.Cases.DEMAND;
import static dev.graft.doctor.Cases.EXECUTOR;
import static dev.graft.doctor.Cases.HEAP;
import static dev.graft.doctor.Cases.jvm;
import static dev.graft.doctor.Cases.standalone;
import static dev.graft.doctor.Cases.visits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void allIsWellInALineForEachCheck() {
        Diagnosis diagnosis =
                Diagnosis.of(List.of(new JavaCheck(), new SparkVersionCheck()), standalone(jvm(EXECUTOR)));

        assertThat(diagnosis.text()).isEqualTo("""
                        ok       Java: 17.0.15
                        ok       Spark: 3.5.9
                        doctor: 2 checks, 0 warnings, 0 failures""");
        assertThat(diagnosis.failures()).isZero();
    }

    @Test
    void troubleIsABlockAndNamesAllItsPlacesOnce() {
        List<ExecutorFacts> jvms = IntStream.range(0, 7)
                .mapToObj(i -> closed(new Location("" + i, "host-" + i)))
                .toList();
        Facts facts = new Facts(new SparkConf(false), BUILT, DEMAND, HEAP, jvms, visits(jvms, 7));

        Diagnosis diagnosis = Diagnosis.of(List.of(new ModulesCheck()), facts);

        assertThat(diagnosis.text()).isEqualTo("""
                        failure  Java modules: java.base/java.nio closed to Spark
                                 where: executor 0 (host-0), executor 1 (host-1), executor 2 (host-2), executor 3 (host-3), executor 4 (host-4) and 2 more
                                 why:   Spark fails with an InaccessibleObjectException where it reaches into them
                                 fix:   --conf "spark.executor.extraJavaOptions=--add-opens=java.base/java.nio=ALL-UNNAMED"
                        doctor: 1 check, 0 warnings, 1 failure""");
        assertThat(diagnosis.failures()).isEqualTo(1);
    }

    private static ExecutorFacts closed(Location location) {
        return new ExecutorFacts(
                location,
                new JavaFacts(17, "17.0.15", List.of("java.base/java.nio"), "UTF-8"),
                Cases.SPARK,
                Cases.natives(Cases.KERNELS, "1"),
                Cases.MEMORY,
                List.of(),
                List.of());
    }
}
