package dev.graft.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.status.api.v1.ExecutorSummary;

/**
 * Asks every executor for its facts. Each round has more tasks than the cluster can run at a time, so that every
 * executor that has registered gets some; further rounds are for those that were late, and quick enough to compare
 * clocks.
 */
final class ExecutorVisits {
    private static final int ROUNDS = 3;
    private static final int TASKS_PER_SLOT = 2;
    private static final long WAIT_FOR_EXECUTORS_SECONDS = 60;
    private static final long POLL_SECONDS = 2;
    private static final long WAIT_FOR_ANSWERS_SECONDS = 600;

    private final SparkContext spark;
    private final FactsRequest request;
    private final Cluster cluster;
    private final Map<String, ExecutorFacts> answered = new LinkedHashMap<>();
    private final Map<Location, Long> clockMillis = new LinkedHashMap<>();

    ExecutorVisits(SparkContext spark, FactsRequest request) {
        this.spark = spark;
        this.request = request;
        this.cluster = new Cluster(spark.conf());
    }

    Visits run() {
        OptionalInt expected = cluster.executors();
        awaitExecutors(expected);
        String problem = canRunTasks() ? ask() : "";
        return new Visits(members(), List.copyOf(answered.values()), clockMillis, expected.orElse(1), problem);
    }

    /** Waits until as many executors have registered as will, or until no more come. */
    private void awaitExecutors(OptionalInt expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_FOR_EXECUTORS_SECONDS);
        long before = 0;
        while (System.nanoTime() < deadline) {
            long registered = registered();
            boolean allHere =
                    expected.isPresent() ? registered >= expected.getAsInt() : registered > 0 && registered == before;
            if (allHere) {
                return;
            }
            before = registered;
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(POLL_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for executors", e);
        }
    }

    /** A local run has no GPUs to give: Spark would wait forever for a task that asks for one. */
    private boolean canRunTasks() {
        return cluster.isLocal() ? GpuCheck.asked(spark.conf()).isEmpty() : registered() > 0;
    }

    /** Returns what went wrong, or nothing. */
    private String ask() {
        spark.setJobDescription("Doctor: look at every executor");
        try {
            for (int round = 0; round < ROUNDS; round++) {
                askOnce();
            }
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "no answer within " + WAIT_FOR_ANSWERS_SECONDS + " seconds";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            spark.setJobDescription(null);
        }
    }

    private void askOnce() throws ExecutionException, InterruptedException, TimeoutException {
        int tasks = TASKS_PER_SLOT
                * Math.max(1, members().stream().mapToInt(Member::tasks).sum());
        long asked = System.currentTimeMillis();
        JavaFutureAction<List<byte[]>> answers = JavaSparkContext.fromSparkContext(spark)
                .parallelize(Collections.nCopies(tasks, 0), tasks)
                .map(new Visit(request))
                .collectAsync();
        try {
            for (byte[] answer : answers.get(WAIT_FOR_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
                note(Answer.of(answer), asked, System.currentTimeMillis());
            }
        } finally {
            answers.cancel(true);
        }
    }

    /** A clock that was read between two moments of the driver's is off by at least its distance from them. */
    private void note(Answer answer, long from, long to) {
        Location location = answer.facts().location();
        answered.put(location.executorId(), answer.facts());
        clockMillis.merge(location, Math.max(0, Math.max(from - answer.clock(), answer.clock() - to)), Math::max);
    }

    private long registered() {
        return members().stream()
                .filter(member -> member.location().role() == Role.EXECUTOR)
                .count();
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        scala.collection.Iterator<ExecutorSummary> all =
                spark.statusStore().executorList(true).iterator();
        while (all.hasNext()) {
            ExecutorSummary summary = all.next();
            String host = summary.hostPort().substring(0, summary.hostPort().lastIndexOf(':'));
            members.add(new Member(new Location(summary.id(), host), summary.maxTasks()));
        }
        return members;
    }

    /** Gathers the facts of the executor that it runs on. */
    private record Visit(FactsRequest request) implements Function<Integer, byte[]> {
        private static final long serialVersionUID = 1;

        @Override
        public byte[] call(Integer task) {
            ExecutorFacts facts = request.facts();
            return new Answer(facts, System.currentTimeMillis()).toBytes();
        }
    }
}
