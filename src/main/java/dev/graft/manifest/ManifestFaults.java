package dev.graft.manifest;

import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;

/**
 * Tells what is wrong with a manifest's bytes from what is wrong with the cluster or the storage that they come from.
 *
 * <p>Spark reports both as a failed job. The first frame of the last cause that is not Java's own says who gave up: a
 * reader of the format, or something else.
 */
final class ManifestFaults {
    private static final List<String> LANGUAGE = List.of("java.", "jdk.", "sun.", "scala.");
    private static final List<String> READERS = List.of(
            "org.apache.parquet.",
            "shaded.parquet.",
            "org.apache.spark.sql.execution.datasources.",
            "org.apache.spark.sql.execution.vectorized.",
            "org.apache.spark.sql.catalyst.",
            "org.apache.hadoop.io.compress.",
            "org.xerial.snappy.",
            "com.github.luben.zstd.",
            "com.univocity.",
            "com.fasterxml.jackson.");
    private static final int LONGEST_REASON = 200;

    private ManifestFaults() {}

    /** Reads a manifest, with Spark. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws AnalysisException, SparkException;
    }

    /** What a reading gives; a fault of the manifest's form becomes one message. */
    static <T> T refusing(String uri, Reading<T> reading) {
        try {
            return reading.read();
        } catch (InvalidInputException | DataGateException e) {
            throw e;
        } catch (AnalysisException | SparkException | RuntimeException e) {
            refuseIfOfTheForm(uri, e);
            throw new IllegalStateException("Cannot read manifest " + uri, e);
        }
    }

    private static void refuseIfOfTheForm(String uri, Throwable failure) {
        if (!isOfTheForm(failure)) {
            return;
        }
        if (root(failure) instanceof OutOfMemoryError) {
            throw new InvalidInputException(
                    ("Cannot read manifest %s: the heap has no room for a row of it, or it is damaged (raise"
                                    + " --driver-memory or spark.executor.memory, or write it anew)")
                            .formatted(uri),
                    failure);
        }
        throw new InvalidInputException(
                "Cannot read manifest %s: it is damaged, or not what its name says: %s (write it anew)"
                        .formatted(uri, reason(root(failure))),
                failure);
    }

    private static boolean isOfTheForm(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof AnalysisException) {
            return true;
        }
        for (StackTraceElement frame : root.getStackTrace()) {
            if (LANGUAGE.stream().noneMatch(frame.getClassName()::startsWith)) {
                return READERS.stream().anyMatch(frame.getClassName()::startsWith);
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The first line, as far as a person reads. */
    private static String reason(Throwable root) {
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String line = message.lines().findFirst().orElse("");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }
}
