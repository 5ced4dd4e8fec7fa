package dev.graft.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run; its master and resources are what spark-submit or spark-defaults say. Closing it ends what it started. */
record Session(SparkSession spark, boolean isOwn) implements AutoCloseable {

    /** Starts a session, or joins the one that this JVM has already. */
    static Session start(String verb) {
        boolean isOwn = SparkSession.getDefaultSession().isEmpty();
        SparkSession.Builder builder = SparkSession.builder().appName("graft " + verb);
        FailingExecutors.properties(new SparkConf()).forEach(builder::config);
        return new Session(builder.getOrCreate(), isOwn);
    }

    @Override
    public void close() {
        if (isOwn) {
            spark.stop();
        }
    }
}
