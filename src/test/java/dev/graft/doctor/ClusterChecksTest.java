package dev.graft.doctor;

import static dev.graft.doctor.Cases.BUILT;
import static dev.graft.doctor.Cases.DEMAND;
import static dev.graft.doctor.Cases.DRIVER;
import static dev.graft.doctor.Cases.EXECUTOR;
import static dev.graft.doctor.Cases.HEAP;
import static dev.graft.doctor.Cases.facts;
import static dev.graft.doctor.Cases.jvm;
import static dev.graft.doctor.Cases.natives;
import static dev.graft.doctor.Cases.on;
import static dev.graft.doctor.Cases.only;
import static dev.graft.doctor.Cases.standalone;
import static dev.graft.doctor.Cases.visits;
import static dev.graft.doctor.Cases.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.nn.Devices;
import dev.graft.nn.NativeKernels;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterChecksTest {
    private static final SparkConf STANDALONE = new SparkConf(false).set("spark.master", "spark://master:7077");

    @Test
    void allExecutorsReachedIsFine() {
        assertThat(only(new ExecutorsCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("1 of 1 reached", Finding.SETTINGS));
    }

    @Test
    void aLocalRunHasNoExecutorsToReach() {
        Visits alone = new Visits(List.of(new Member(DRIVER, 2)), List.of(), Map.of(), 0, "");

        assertThat(only(new ExecutorsCheck(), given(alone)))
                .isEqualTo(Finding.ok("none, the driver runs the tasks", Finding.SETTINGS));
    }

    @Test
    void anExecutorThatWasNotReachedIsSaidSo() {
        Finding finding = only(new ExecutorsCheck(), given(visits(List.of(), 1)));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("not reached, so nothing is known of it");
        assertThat(finding.where()).isEqualTo("executor 7 (there)");
    }

    @Test
    void missingExecutorsAreAWarning() {
        Finding finding = only(new ExecutorsCheck(), given(visits(List.of(jvm(EXECUTOR)), 4)));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("1 of 4 executors have registered");
    }

    @Test
    void noExecutorsAtAllFail() {
        Visits nobody = new Visits(List.of(new Member(DRIVER, 0)), List.of(), Map.of(), 2, "");

        Finding finding = only(new ExecutorsCheck(), given(nobody));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("0 of 2 executors have registered");
        assertThat(finding.remedy()).contains("--num-executors", "--executor-memory");
    }

    @Test
    void tasksThatFailAreAFailure() {
        Visits failed = new Visits(List.of(), List.of(), Map.of(), 0, "org.apache.spark.SparkException: Job aborted");

        Finding finding = only(new ExecutorsCheck(), given(failed));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("tasks fail: org.apache.spark.SparkException: Job aborted");
    }

    @Test
    void clocksThatAgreeAreFine() {
        assertThat(only(new ClockCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("less than a minute from the driver's", EXECUTOR));
    }

    @Test
    void aClockThatIsOffIsAWarning() {
        Visits off = new Visits(List.of(), List.of(jvm(EXECUTOR)), Map.of(EXECUTOR, 61_500L), 1, "");

        Finding finding = only(new ClockCheck(), given(off));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("at least 61 seconds from the driver's");
        assertThat(finding.remedy()).isEqualTo("set the clock of there or of the driver's host: chronyc makestep");
    }

    @Test
    void noGpuAskedForIsFine() {
        assertThat(only(new GpuCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("none asked for", Finding.SETTINGS));
    }

    @Test
    void gpusAskedForWithoutABackendForThemFail() {
        Finding finding = only(new GpuCheck(), facts(askingForGpus(), jvm(EXECUTOR)));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what())
                .isEqualTo("spark.executor.resource.gpu.amount=1, spark.task.resource.gpu.amount=0.5");
        assertThat(finding.remedy())
                .isEqualTo(
                        "mvn -Pcuda -DskipTests package, or take spark.executor.resource.gpu.amount=1 and spark.task.resource.gpu.amount=0.5 out of the"
                                + " call and of spark-defaults.conf");
    }

    private static Finding ofGpus(Devices.Device... devices) {
        NativeKernels cuda =
                new NativeKernels("JCublasBackend", false, "HAVE_CUDNN", "any CPU", List.of(devices), 1, 0, 0);
        return only(new GpuCheck(), facts(askingForGpus(), with(natives(cuda, "1"))));
    }

    @Test
    void gpusAskedForWithABackendForThemAreFine() {
        Finding finding = ofGpus(new Devices.Device(0, "NVIDIA A100", 8.0), new Devices.Device(1, "NVIDIA L4", 8.9));
        assertThat(finding.severity()).isEqualTo(Severity.OK);
        assertThat(finding.what()).isEqualTo("GPU 0: NVIDIA A100 (8.0), GPU 1: NVIDIA L4 (8.9)");
    }

    @Test
    void gpusAskedForAndNotThereFail() {
        Finding finding = ofGpus();
        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("no GPU");
    }

    @Test
    void gpusThatTheKernelsHaveNoCodeForFail() {
        Finding finding = ofGpus(new Devices.Device(0, "NVIDIA H100", 9.0));
        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what())
                .isEqualTo(
                        "NVIDIA H100 has compute capability 9.0, and ND4J's CUDA backend has code for 3.7 to 8.9 only"
                                + " (P100, V100, T4, A10, A100, L4, L40, RTX 20 to 40; not Hopper or Blackwell)");
    }

    @Test
    void roomOnDisksIsFine() {
        assertThat(only(new TemporarySpaceCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("1 GiB or more free", EXECUTOR));
    }

    @Test
    void aNearlyFullDiskIsAWarning() {
        DirectoryFacts full = new DirectoryFacts("/scratch", 700 * Bytes.MIB, "");

        Finding finding = only(new TemporarySpaceCheck(), standalone(with(full)));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("/scratch has 700 MiB free");
        assertThat(finding.remedy())
                .startsWith("free at least 1024 MiB, or --conf spark.local.dir=DIRECTORY for Spark's own");
        assertThat(only(new TemporarySpaceCheck(), on("yarn", with(full))).remedy())
                .endsWith("yarn.nodemanager.local-dirs of yarn-site.xml");
    }

    @Test
    void aTemporaryDirectoryThatCannotBeWrittenFails() {
        DirectoryFacts closed = new DirectoryFacts("/scratch", 0, "java.nio.file.AccessDeniedException: /scratch");

        Finding finding = only(new TemporarySpaceCheck(), standalone(with(closed)));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what())
                .isEqualTo("/scratch cannot be written to: java.nio.file.AccessDeniedException: /scratch");
    }

    @Test
    void theExecutorsOfAClusterAreCountedWhereSparksSettingsFixThem() {
        assertThat(executors("local[2]")).isEqualTo("OptionalInt[0]");
        assertThat(executors("local-cluster[3,1,1024]")).isEqualTo("OptionalInt[3]");
        assertThat(executors("yarn")).isEqualTo("OptionalInt[2]");
        assertThat(executors("yarn", "spark.executor.instances", "9")).isEqualTo("OptionalInt[9]");
        assertThat(executors("yarn", "spark.dynamicAllocation.enabled", "true")).isEqualTo("OptionalInt.empty");
        assertThat(executors("spark://master:7077")).isEqualTo("OptionalInt.empty");
    }

    private static String executors(String master, String... setting) {
        SparkConf conf = new SparkConf(false).set("spark.master", master);
        if (setting.length > 0) {
            conf.set(setting[0], setting[1]);
        }
        return new Cluster(conf).executors().toString();
    }

    private static Facts given(Visits visits) {
        return new Facts(STANDALONE, BUILT, DEMAND, HEAP, List.of(jvm(EXECUTOR)), visits);
    }

    private static SparkConf askingForGpus() {
        return new SparkConf(false)
                .set("spark.master", "yarn")
                .set("spark.executor.resource.gpu.amount", "1")
                .set("spark.task.resource.gpu.amount", "0.5");
    }
}
