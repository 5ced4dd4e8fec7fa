package dev.graft.cli;

import dev.graft.features.CountersPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run; its master and resources are what spark-submit or spark-defaults say. Closing it ends what it started. */
record Session(SparkSession spark, boolean isOwn) implements AutoCloseable {
    private static final String PLUGINS = "spark.plugins";

    /** Starts a session, or joins the one that this JVM has already. */
    static Session start(String verb) {
        boolean isOwn = SparkSession.getDefaultSession().isEmpty();
        SparkSession.Builder builder = SparkSession.builder().appName("graft " + verb);
        SparkConf given = new SparkConf();
        FailingExecutors.properties(given).forEach(builder::config);
        builder.config(PLUGINS, plugins(given.get(PLUGINS, "")));
        return new Session(builder.getOrCreate(), isOwn);
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
