package dev.graft.forward;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Prints what GPUs and cores the tasks of two stages were given, and how many ran at a time. */
public final class GpuSlotsProbe {
    private static final int TASKS = 16;
    private static final long MILLIS = 400;

    private GpuSlotsProbe() {}

    /** What one task saw. */
    private record Seen(int gpu, int cores, long begun, long ended) implements Serializable {
        static Seen here() throws InterruptedException {
            TaskContext task = TaskContext.get();
            long begun = System.currentTimeMillis();
            Thread.sleep(MILLIS);
            return new Seen(TaskDevice.of(task), task.cpus(), begun, System.currentTimeMillis());
        }
    }

    public static void main(String[] arguments) {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            List<Integer> numbers = IntStream.range(0, TASKS).boxed().toList();
            JavaRDD<Integer> some = context.parallelize(numbers, TASKS);
            print("plain", some.map(any -> Seen.here()));
            print("network", GpuSlots.on(some.map(any -> Seen.here())));
            JavaRDD<Seen> held = GpuSlots.on(some.map(any -> Seen.here())).cache();
            print("network on network", GpuSlots.on(held.map(seen -> seen)));
        }
    }

    private static void print(String stage, JavaRDD<Seen> tasks) {
        List<Seen> seen = tasks.collect();
        TreeSet<Integer> gpus = new TreeSet<>(seen.stream().map(Seen::gpu).toList());
        TreeSet<Integer> cores = new TreeSet<>(seen.stream().map(Seen::cores).toList());
        long most = seen.stream()
                .mapToLong(one -> seen.stream()
                        .filter(other -> other.begun() <= one.begun() && other.ended() > one.begun())
                        .count())
                .max()
                .orElse(0);
        System.out.println(stage + ": GPUs " + gpus + ", cores " + cores + ", at most " + most + " at a time");
    }
}
