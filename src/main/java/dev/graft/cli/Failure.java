package dev.graft.cli;

import dev.graft.spark.NoMasterException;
import dev.graft.spark.StandaloneMasters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * What a failure means to whoever runs Graft.
 *
 * @param message one line
 * @param isExplained whether the message says all that there is to say; else a stack trace says more
 */
record Failure(ExitCode code, String message, boolean isExplained) {
    private static final String KEPT = "; what is committed is kept, run the same command again to go on";
    private static final String OUTSIDE_REMEDY =
            " (it is the memory beside the heap: give the machine or the container more, or lower extract.batch)";
    private static final String CANNOT_GO_ON = "Cannot go on: ";

    /** Where a task failed, in the message of its job. */
    private static final Pattern PLACE = Pattern.compile("\\(TID \\d+\\) \\((\\S+) executor (\\S+?)\\)");

    private static final Pattern HEAP = Pattern.compile("java\\.lang\\.OutOfMemoryError:? ?([^\n]*)");

    /** What an error of that name says when it is not the heap that is full. */
    private static final Pattern OUTSIDE_HEAP =
            Pattern.compile("(?i)physical ?bytes|maxbytes|direct buffer|native thread|metaspace|cannot allocate");

    private static final Pattern EXIT_CODE =
            Pattern.compile("(?i)exit(?:ed with)? ?(?:code|status):? ?(52|134|137|139|143)\\b");
    private static final Pattern TARGET = Pattern.compile("while writing rows to (\\S+?)\\.?(?:\\s|$)");
    private static final Pattern CONTAINER = Pattern.compile(
            "Container killed by YARN for exceeding|Container from a bad node.*137|OOMKilled", Pattern.DOTALL);
    private static final Pattern FULL =
            Pattern.compile("No space left on device|Disk quota exceeded|There is not enough space on the disk");
    private static final Pattern ENDED = Pattern.compile("Master removed our application: ?\\w*"
            + "|All masters are unresponsive"
            + "|on a running MetricsSystem"
            + "|driverEndpoint\\(\\)\" is null"
            + "|SparkContext (?:was shut down|has been shutdown|was stopped)"
            + "|stopped SparkContext"
            + "|Yarn application has already ended[^\n]*"
            + "|Application application_\\w+ [^\n]*(?:killed|failed)[^\n]*");

    static Failure of(Throwable thrown) {
        Throwable cause = ExitCode.cause(thrown);
        if (ExitCode.isMeantForUsers(cause)) {
            return new Failure(ExitCode.of(cause), String.valueOf(cause.getMessage()), true);
        }
        if (thrown instanceof NoMasterException) {
            return new Failure(ExitCode.FAILED, CANNOT_GO_ON + thrown.getMessage() + KEPT, true);
        }
        String all = text(thrown);
        return explained(thrown, all)
                .map(line -> new Failure(ExitCode.FAILED, line, true))
                .orElseGet(() -> new Failure(ExitCode.FAILED, firstLine(thrown), false));
    }

    private static Optional<String> explained(Throwable thrown, String all) {
        if (FULL.matcher(all).find()) {
            return Optional.of(diskFull(thrown, all));
        }
        Matcher place = PLACE.matcher(all);
        Optional<String> executors = place.find() ? executorLost(place, all) : Optional.empty();
        if (executors.isPresent()) {
            return executors;
        }
        Matcher heap = HEAP.matcher(all);
        if (heap.find()) {
            return Optional.of(
                    CANNOT_GO_ON + "the driver ran out of memory" + reason(heap) + remedyOnDriver(heap) + KEPT);
        }
        return applicationEnded(all);
    }

    private static Optional<String> executorLost(Matcher place, String all) {
        Matcher heap = HEAP.matcher(all);
        Matcher exit = EXIT_CODE.matcher(all);
        if (heap.find()) {
            String remedy = isOutside(heap) ? OUTSIDE_REMEDY : remedy(place);
            return Optional.of(CANNOT_GO_ON + where(place) + " ran out of memory" + reason(heap) + remedy + KEPT);
        }
        if (exit.find()) {
            return Optional.of(
                    switch (exit.group(1)) {
                        case "52" -> CANNOT_GO_ON + where(place) + " ran out of memory" + remedy(place) + KEPT;
                        case "134", "139" ->
                            CANNOT_GO_ON + where(place) + " was ended by native code, exit code " + exit.group(1)
                                    + " (its log has the reason; doctor shows which native libraries there are)" + KEPT;
                        default -> killed(place, ", exit code " + exit.group(1));
                    });
        }
        return CONTAINER.matcher(all).find() ? Optional.of(killed(place, "")) : Optional.empty();
    }

    private static boolean isOutside(Matcher heap) {
        return OUTSIDE_HEAP.matcher(heap.group(1)).find();
    }

    private static String remedyOnDriver(Matcher heap) {
        return isOutside(heap) ? OUTSIDE_REMEDY : " (raise --driver-memory)";
    }

    private static String killed(Matcher place, String exit) {
        return CANNOT_GO_ON + where(place) + " was killed" + exit
                + ", as one is that takes more memory than it was given (raise spark.executor.memoryOverhead, or lower"
                + " extract.batch or decode.max-image-memory; doctor works it out)" + KEPT;
    }

    private static String where(Matcher place) {
        return isLocal(place) ? "a task on this machine" : "executor " + place.group(2) + " on " + place.group(1);
    }

    private static boolean isLocal(Matcher place) {
        return place.group(2).equals("driver");
    }

    private static String remedy(Matcher place) {
        return " (raise " + (isLocal(place) ? "--driver-memory" : "spark.executor.memory")
                + ", or lower extract.batch or decode.threads)";
    }

    private static String reason(Matcher heap) {
        return heap.group(1).isBlank() ? "" : ", " + heap.group(1).strip();
    }

    private static String diskFull(Throwable thrown, String all) {
        String remedy = " (free some, where the output goes or in spark.local.dir)";
        Optional<String> own = ownMessage(thrown);
        if (own.isPresent()) {
            return own.get() + remedy + KEPT;
        }
        Matcher place = PLACE.matcher(all);
        Matcher target = TARGET.matcher(all);
        return CANNOT_GO_ON + "no space left on a disk of "
                + (place.find() && !isLocal(place) ? where(place) : "this machine")
                + (target.find() ? ", writing to " + target.group(1) : "") + remedy + KEPT;
    }

    /** The last message that Graft itself wrote of the disk, which says where it was at. */
    private static Optional<String> ownMessage(Throwable thrown) {
        Optional<String> own = Optional.empty();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("Cannot ")
                    && !message.contains("\n")
                    && FULL.matcher(message).find()) {
                own = Optional.of(message);
            }
        }
        return own;
    }

    private static Optional<String> applicationEnded(String all) {
        Matcher ended = ENDED.matcher(all);
        if (!ended.find()) {
            return Optional.empty();
        }
        return Optional.of(CANNOT_GO_ON
                + StandaloneMasters.of(new SparkConf())
                        .filter(masters -> !masters.answer())
                        .map(StandaloneMasters::absence)
                        .orElse("Spark has ended this application, " + ended.group()
                                + " (the log of the cluster's master says why)")
                + KEPT);
    }

    /** The messages of all causes; of a job that failed, the first says what the executors said. */
    private static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }

    private static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? thrown.toString()
                : message.lines().findFirst().orElseThrow();
    }
}
