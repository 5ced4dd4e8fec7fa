package dev.graft.doctor;

import dev.graft.decode.NativeDecoders;
import dev.graft.nn.NativeKernels;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Facts with which every check is content, for tests to spoil. */
final class Cases {
    static final Location DRIVER = new Location("driver", "here");
    static final Location EXECUTOR = new Location("7", "there");
    static final JavaFacts JAVA = new JavaFacts(17, "17.0.15", List.of(), "UTF-8");
    static final SparkFacts SPARK = new SparkFacts("3.5.9", "2.12.18");
    static final NativeKernels KERNELS =
            new NativeKernels("CpuBackend", true, "GCC: 7.5.0\nHAVE_ONEDNN\nHAVE_OPENBLAS", "avx2", List.of(), 1, 0, 0);
    static final DirectoryFacts DISK = new DirectoryFacts("/disk", 100 * Bytes.GIB, "");
    static final MemoryFacts MEMORY = new MemoryFacts(Bytes.GIB, 64 * Bytes.GIB);
    static final NativeDemand DEMAND = new NativeDemand(
            "xception", "16 images of 299 pixels", 160 * Bytes.MIB, 500 * Bytes.MIB, 64 * Bytes.MIB, 576 * Bytes.MIB);
    static final NativeDecoders DECODERS = new NativeDecoders("4.14.0", "1.6.0", "1.6.57", "1.3.2", "3.1.2");
    static final HeapDemand HEAP = new HeapDemand(800 * Bytes.MIB, 100 * Bytes.MIB);
    static final BuiltWith BUILT = new BuiltWith("3.5.9", "2.12");

    private Cases() {}

    static ExecutorFacts jvm(Location location) {
        return new ExecutorFacts(location, JAVA, SPARK, natives(KERNELS, "1"), MEMORY, List.of(DISK), List.of());
    }

    static NativeFacts natives(NativeKernels kernels, String ompNumThreads) {
        return new NativeFacts(kernels, "", DECODERS, "", ompNumThreads, DISK);
    }

    static ExecutorFacts with(JavaFacts java) {
        return new ExecutorFacts(EXECUTOR, java, SPARK, natives(KERNELS, "1"), MEMORY, List.of(DISK), List.of());
    }

    static ExecutorFacts with(SparkFacts spark) {
        return new ExecutorFacts(EXECUTOR, JAVA, spark, natives(KERNELS, "1"), MEMORY, List.of(DISK), List.of());
    }

    static ExecutorFacts with(NativeFacts natives) {
        return new ExecutorFacts(EXECUTOR, JAVA, SPARK, natives, MEMORY, List.of(DISK), List.of());
    }

    static ExecutorFacts with(MemoryFacts memory) {
        return new ExecutorFacts(EXECUTOR, JAVA, SPARK, natives(KERNELS, "1"), memory, List.of(DISK), List.of());
    }

    static ExecutorFacts with(DirectoryFacts temporary) {
        return new ExecutorFacts(EXECUTOR, JAVA, SPARK, natives(KERNELS, "1"), MEMORY, List.of(temporary), List.of());
    }

    /** One executor of a standalone cluster with two tasks at a time. */
    static Facts standalone(ExecutorFacts executor) {
        return on("spark://master:7077", executor);
    }

    static Facts on(String master, ExecutorFacts executor) {
        return facts(new SparkConf(false).set("spark.master", master), executor);
    }

    static Facts facts(SparkConf conf, ExecutorFacts executor) {
        return new Facts(conf, BUILT, DEMAND, HEAP, List.of(executor), visits(List.of(executor), 1));
    }

    static Visits visits(List<ExecutorFacts> answers, int expected) {
        List<Member> members = List.of(new Member(DRIVER, 0), new Member(EXECUTOR, 2));
        return new Visits(members, answers, Map.of(EXECUTOR, 0L), expected, "");
    }

    static Finding only(Check check, Facts facts) {
        List<Finding> findings = check.judge(facts);
        if (findings.size() != 1) {
            throw new AssertionError("Not one finding: " + findings);
        }
        return findings.get(0);
    }
}
