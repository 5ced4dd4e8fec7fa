package dev.graft.spark;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.UriCredentials;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run; its master and resources are what spark-submit or spark-defaults say. Closing it ends what it started. */
public record Session(SparkSession spark, boolean isOwn, MasterWatch watch) implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";
    /** Named and not imported: its metrics are known by this name, and it stands above this package. */
    private static final String COUNTERS = "dev.graft.features.CountersPlugin";

    /** How far down its causes an error is looked for that ends an executor's JVM, such as a full heap. */
    private static final String KILL_DEPTH = "spark.executor.killOnFatalError.depth";

    private static final String PROPERTIES = "spark.redaction.regex";
    private static final String TEXTS = "spark.redaction.string.regex";

    /** What Spark redacts by itself, by names of properties and by what their values hold. */
    private static final String SPARK_REDACTS = "(?i)secret|password|token|access[.]?key";

    /** Starts a session, or joins the one that this JVM has already. */
    public static Session start(String verb) {
        boolean isOwn = SparkSession.getDefaultSession().isEmpty();
        SparkSession.Builder builder = SparkSession.builder().appName("graft " + verb);
        SparkConf given = new SparkConf();
        FailingExecutors.properties(given).forEach(builder::config);
        builder.config(PLUGINS, plugins(given.get(PLUGINS, "")));
        redactions(given).forEach(builder::config);
        if (isOneJvm(given.get("spark.master", "")) && !given.contains(KILL_DEPTH)) {
            builder.config(KILL_DEPTH, 0);
        }
        if (isOwn) {
            StandaloneMasters.of(given).ifPresent(StandaloneMasters::await);
        }
        SparkSession spark = started(builder);
        return new Session(spark, isOwn, new MasterWatch(spark.sparkContext()));
    }

    private static SparkSession started(SparkSession.Builder builder) {
        try {
            return builder.getOrCreate();
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).matches("(?s).*INVALID_(DRIVER|EXECUTOR)_MEMORY.*")) {
                throw new InvalidInputException("Cannot start Spark: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Where the executor is the driver too, its end would be that of the run, before anybody has said why. */
    private static boolean isOneJvm(String master) {
        return master.startsWith("local") && !master.startsWith("local-cluster");
    }

    /** The command line is among the properties that Spark's UI shows, and uris among the texts of its plans. */
    static Map<String, String> redactions(SparkConf given) {
        return Map.of(
                PROPERTIES,
                given.get(PROPERTIES, SPARK_REDACTS) + "|" + UriCredentials.IN_TEXT,
                TEXTS,
                given.contains(TEXTS) ? given.get(TEXTS) + "|" + UriCredentials.IN_TEXT : UriCredentials.IN_TEXT);
    }

    private static String plugins(String given) {
        return given.isBlank() ? COUNTERS : given + "," + COUNTERS;
    }

    @Override
    public void close() {
        watch.close();
        if (isOwn) {
            spark.stop();
        }
    }
}
