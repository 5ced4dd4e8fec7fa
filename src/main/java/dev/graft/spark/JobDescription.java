package dev.graft.spark;

import dev.graft.settings.UriCredentials;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What the Spark UI says about the jobs of one action. */
public final class JobDescription {
    private static final String PROPERTY = "spark.job.description";

    private JobDescription() {}

    /** Runs an action; what was said before is said again after it. */
    public static <T> T during(SparkSession spark, String description, Supplier<T> action) {
        SparkContext context = spark.sparkContext();
        String outer = context.getLocalProperty(PROPERTY);
        context.setJobDescription(UriCredentials.redacted(description));
        try {
            return action.get();
        } finally {
            context.setJobDescription(outer);
        }
    }
}
