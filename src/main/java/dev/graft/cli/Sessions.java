package dev.graft.cli;

import org.apache.spark.sql.SparkSession;

/** Builds the one Spark session of a run; what spark-submit or spark-defaults say stands. */
final class Sessions {
    private Sessions() {}

    static SparkSession start(String verb) {
        return SparkSession.builder().appName("graft " + verb).getOrCreate();
    }
}
