package dev.graft.cli;

import dev.graft.spark.Session;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** A program that fails as a verb may, on the session that verbs have, and says so as they do. */
final class FailingJob {
    private FailingJob() {}

    public static void main(String[] arguments) {
        int code = ExitCode.DONE.code();
        try (Session session = Session.start("test")) {
            JavaSparkContext spark = new JavaSparkContext(session.spark().sparkContext());
            spark.parallelize(List.of(1), 1).foreach(each -> fail(arguments[0]));
        } catch (Throwable thrown) {
            code = Graft.report(thrown);
        }
        System.exit(code);
    }

    private static void fail(String how) {
        switch (how) {
            case "heap" -> System.err.println(new long[Integer.MAX_VALUE - 8].length);
            case "killed" -> Runtime.getRuntime().halt(137);
            default -> throw new IllegalArgumentException(how);
        }
    }
}
