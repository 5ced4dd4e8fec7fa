package dev.graft.cli;

import dev.graft.features.CountersPlugin;
import dev.graft.settings.UserInfo;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run; its master and resources are what spark-submit or spark-defaults say. Closing it ends what it started. */
record Session(SparkSession spark, boolean isOwn) implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";

    /** What Spark redacts by itself, by names of properties and by what their values hold. */
    private static final String SPARK_REDACTS = "(?i)secret|password|token|access[.]?key";

    /** Starts a session, or joins the one that this JVM has already. */
    static Session start(String verb) {
        boolean isOwn = SparkSession.getDefaultSession().isEmpty();
        SparkSession.Builder builder = SparkSession.builder().appName("graft " + verb);
        SparkConf given = new SparkConf();
        FailingExecutors.properties(given).forEach(builder::config);
        builder.config(PLUGINS, plugins(given.get(PLUGINS, "")));
        redacting(given, "spark.redaction.regex", SPARK_REDACTS + "|", builder);
        redacting(given, "spark.redaction.string.regex", "", builder);
        return new Session(builder.getOrCreate(), isOwn);
    }

    /** The command line is among the properties that Spark's UI shows, and uris among the texts of its plans. */
    private static void redacting(SparkConf given, String key, String usual, SparkSession.Builder builder) {
        builder.config(key, given.contains(key) ? given.get(key) + "|" + UserInfo.IN_TEXT : usual + UserInfo.IN_TEXT);
    }

    private static String plugins(String given) {
        String own = CountersPlugin.class.getName();
        return given.isBlank() ? own : given + "," + own;
    }

    @Override
    public void close() {
        if (isOwn) {
            spark.stop();
        }
    }
}
