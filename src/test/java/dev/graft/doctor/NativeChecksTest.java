package dev.graft.doctor;

import static dev.graft.doctor.Cases.DECODERS;
import static dev.graft.doctor.Cases.DISK;
import static dev.graft.doctor.Cases.DRIVER;
import static dev.graft.doctor.Cases.EXECUTOR;
import static dev.graft.doctor.Cases.KERNELS;
import static dev.graft.doctor.Cases.facts;
import static dev.graft.doctor.Cases.jvm;
import static dev.graft.doctor.Cases.natives;
import static dev.graft.doctor.Cases.on;
import static dev.graft.doctor.Cases.only;
import static dev.graft.doctor.Cases.standalone;
import static dev.graft.doctor.Cases.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.nn.NativeKernels;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class NativeChecksTest {
    private static final NativeFacts NO_KERNELS =
            new NativeFacts(null, "Cannot load the native kernels: no jnind4jcpu", DECODERS, "", null, DISK);

    @Test
    void kernelsWithOneDnnAreFine() {
        assertThat(only(new KernelsCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("CpuBackend with oneDNN, built for avx2", EXECUTOR));
    }

    @Test
    void kernelsThatDoNotLoadFail() {
        Finding finding = only(new KernelsCheck(), standalone(with(NO_KERNELS)));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("Cannot load the native kernels: no jnind4jcpu");
        assertThat(finding.remedy())
                .contains(
                        "--conf \"spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=DIRECTORY\"",
                        "mvn package -Djavacpp.platform=PLATFORM");
    }

    @Test
    void kernelsThatDoNotLoadAreNotJudgedFurther() {
        Facts facts = standalone(with(NO_KERNELS));

        assertThat(only(new OpenMpCheck(), facts)).isEqualTo(Finding.ok(KernelsCheck.NOT_KNOWN, EXECUTOR));
        assertThat(only(new JavaCppCheck(), facts)).isEqualTo(Finding.ok(KernelsCheck.NOT_KNOWN, EXECUTOR));
    }

    @Test
    void kernelsWithoutOneDnnAreAWarning() {
        NativeKernels slow =
                new NativeKernels("CpuBackend", true, "GCC: 7.5.0\nHAVE_OPENBLAS", "avx512", List.of(), 1, 0, 0);

        Finding finding = only(new KernelsCheck(), standalone(with(natives(slow, "1"))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("CpuBackend without oneDNN");
        assertThat(finding.remedy()).isEqualTo("mvn package -Dnd4j.classifier=linux-x86_64-onednn-avx2");
    }

    @Test
    void decodersTellTheirVersions() {
        assertThat(only(new DecodersCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok(
                        "OpenCV 4.14.0 with libwebp 1.6.0, libpng 1.6.57, zlib 1.3.2, libjpeg-turbo 3.1.2", EXECUTOR));
    }

    @Test
    void decodersThatDoNotLoadFail() {
        NativeFacts none = new NativeFacts(KERNELS, "", null, "the native image decoders do not load: no", "1", DISK);

        Finding finding = only(new DecodersCheck(), standalone(with(none)));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("the native image decoders do not load: no");
    }

    /** Two tasks: 800 MiB and twice 100 MiB. */
    @Test
    void heapThatDoesNotFitTheCostliestImageFails() {
        assertThat(only(new HeapCheck(), standalone(with(new MemoryFacts(1000 * Bytes.MIB, 64 * Bytes.GIB)))))
                .isEqualTo(Finding.ok("1000 MiB", EXECUTOR));

        Finding finding = only(new HeapCheck(), standalone(with(new MemoryFacts(999 * Bytes.MIB, 64 * Bytes.GIB))));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("the heap may grow to 999 MiB, 2 tasks take 1000 MiB");
        assertThat(finding.remedy())
                .isEqualTo("--conf spark.executor.memory=1024m, or --set decode.max-image-memory smaller");
    }

    @Test
    void anOpenMpThreadForEachCoreOfATaskIsFine() {
        assertThat(only(new OpenMpCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("1 for each task", EXECUTOR));
    }

    @Test
    void moreOpenMpThreadsThanTheCoresOfATaskAreAWarning() {
        Finding finding = only(new OpenMpCheck(), standalone(with(natives(kernels(8, 0, 0), null))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what())
                .isEqualTo("8 for each task, which has spark.task.cpus=1 (OMP_NUM_THREADS is not set)");
        assertThat(finding.remedy()).isEqualTo("--conf spark.executorEnv.OMP_NUM_THREADS=1");
    }

    @Test
    void fewerOpenMpThreadsThanTheCoresOfATaskAreAWarning() {
        SparkConf conf = new SparkConf(false).set("spark.master", "yarn").set("spark.task.cpus", "4");

        Finding finding = only(new OpenMpCheck(), facts(conf, jvm(EXECUTOR)));

        assertThat(finding.what()).isEqualTo("1 for each task, which has spark.task.cpus=4 (OMP_NUM_THREADS=1)");
        assertThat(finding.why()).isEqualTo("the other cores that a task has are idle");
        assertThat(finding.remedy()).isEqualTo("--conf spark.executorEnv.OMP_NUM_THREADS=4");
    }

    @Test
    void threadsOfADriverThatRunsNoTasksDoNotMatter() {
        ExecutorFacts driver = new ExecutorFacts(
                DRIVER,
                Cases.JAVA,
                Cases.SPARK,
                natives(kernels(8, 0, 0), null),
                Cases.MEMORY,
                List.of(DISK),
                List.of());

        assertThat(only(new OpenMpCheck(), standalone(driver)))
                .isEqualTo(Finding.ok("none needed without tasks", DRIVER));
    }

    @Test
    void aContainerWithRoomForWeightsPassesAndAnImageIsFine() {
        SparkConf conf = new SparkConf(false).set("spark.master", "yarn").set("spark.executor.memoryOverhead", "2200m");

        assertThat(only(new NativeMemoryCheck(), facts(conf, jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("enough beside the heap", EXECUTOR));
    }

    /** 384 + 160 + 2 * 500 + 640 = 2184 MiB; the next multiple of 128 is 2304. */
    @Test
    void aContainerThatIsTooSmallIsAWarningWithTheSettingThatIsEnough() {
        Finding finding = only(new NativeMemoryCheck(), on("yarn", jvm(EXECUTOR)));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("spark.executor.memoryOverhead is 384 MiB, a run may take 2184 MiB");
        assertThat(finding.why())
                .endsWith(
                        "estimated: 384 MiB for Java and Spark, 160 MiB for the weights of xception, 2 x 500 MiB for"
                                + " forward passes of 16 images of 299 pixels, 640 MiB for an image of decode.max-image-memory and its file");
        assertThat(finding.remedy()).startsWith("--conf spark.executor.memoryOverhead=2304m");
    }

    @Test
    void theOverheadGrowsWithTheHeapAsSparkHasIt() {
        SparkConf conf = new SparkConf(false)
                .set("spark.master", "k8s://https://cluster")
                .set("spark.executor.memory", "8g")
                .set("spark.executor.memoryOverheadFactor", "0.2");

        assertThat(only(new NativeMemoryCheck(), facts(conf, jvm(EXECUTOR))).what())
                .startsWith("spark.executor.memoryOverhead is 1638 MiB");
    }

    @Test
    void aHostWithRoomIsFineWhereNoContainerLimits() {
        assertThat(only(new NativeMemoryCheck(), standalone(jvm(EXECUTOR))).severity())
                .isEqualTo(Severity.OK);
    }

    @Test
    void aHostThatIsTooSmallIsAWarning() {
        Finding finding = only(new NativeMemoryCheck(), standalone(with(new MemoryFacts(Bytes.GIB, 2 * Bytes.GIB))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("the host has 2048 MiB, a run may take 3208 MiB of it");
        assertThat(finding.remedy()).startsWith("--conf spark.executor.memory smaller");
    }

    @Test
    void javaCppWithoutLimitsIsFine() {
        assertThat(only(new JavaCppCheck(), standalone(jvm(EXECUTOR))))
                .isEqualTo(Finding.ok("above what a run takes", EXECUTOR));
    }

    @Test
    void aLowLimitOfNativeMemoryIsAWarning() {
        Finding finding = only(new JavaCppCheck(), standalone(with(natives(kernels(1, 100 * Bytes.MIB, 0), "1"))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("maxbytes is 100 MiB, 2 files of decode.max-bytes may take 128 MiB");
        assertThat(finding.remedy())
                .isEqualTo("--conf \"spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=128m\"");
    }

    @Test
    void aLowLimitOfTheProcessIsAWarning() {
        Finding finding = only(new JavaCppCheck(), standalone(with(natives(kernels(1, 0, 2 * Bytes.GIB), "1"))));

        assertThat(finding.what()).isEqualTo("maxphysicalbytes is 2048 MiB, heap and native memory may take 3208 MiB");
        assertThat(finding.remedy())
                .isEqualTo("--conf \"spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxphysicalbytes=3328m\"");
    }

    @Test
    void aWritableLibraryCacheIsFine() {
        assertThat(only(new LibraryCacheCheck(), standalone(jvm(EXECUTOR)))).isEqualTo(Finding.ok("/disk", EXECUTOR));
    }

    @Test
    void aLibraryCacheThatCannotBeWrittenFails() {
        DirectoryFacts closed =
                new DirectoryFacts("/home/spark", 0, "java.io.IOException: Could not access /home/spark");

        Finding finding = only(
                new LibraryCacheCheck(), standalone(with(new NativeFacts(KERNELS, "", DECODERS, "", "1", closed))));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what())
                .isEqualTo("/home/spark cannot be written to: java.io.IOException: Could not access /home/spark");
        assertThat(finding.remedy())
                .isEqualTo("--conf \"spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=DIRECTORY\"");
    }

    @Test
    void aLibraryCacheOnAFullDiskIsAWarning() {
        DirectoryFacts full = new DirectoryFacts("/full", 100 * Bytes.MIB, "");

        Finding finding =
                only(new LibraryCacheCheck(), standalone(with(new NativeFacts(KERNELS, "", DECODERS, "", "1", full))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("/full has 100 MiB free");
    }

    private static NativeKernels kernels(int threads, long maxBytes, long maxPhysicalBytes) {
        return new NativeKernels(
                "CpuBackend", true, "HAVE_ONEDNN", "avx2", List.of(), threads, maxBytes, maxPhysicalBytes);
    }
}
