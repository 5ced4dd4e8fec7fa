package dev.graft.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The masters of a standalone cluster, of which one is at work.
 *
 * @param url such as {@code spark://one:7077,two:7077}
 */
public record StandaloneMasters(String url) {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneMasters.class);
    private static final String SCHEME = "spark://";
    /** What else begins so is for Spark to refuse. */
    private static final Pattern URL = Pattern.compile(SCHEME + "[^,\\s]+:\\d+(,[^,\\s]+:\\d+)*");

    private static final int TIMEOUT_MILLIS = 3000;
    /** As long as Spark itself would try. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** Those of a run; empty where it runs on no such cluster. */
    public static Optional<StandaloneMasters> of(SparkConf run) {
        return Optional.of(run.get("spark.master", ""))
                .filter(url -> URL.matcher(url).matches())
                .map(StandaloneMasters::new);
    }

    /**
     * Waits for one that may be starting again. A Spark that finds none ends while it starts, and what it says then depends
     * on how far it has come.
     *
     * @throws NoMasterException if none answers in time
     */
    void await() {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        for (boolean isTold = false; !answer(); isTold = true) {
            if (System.nanoTime() > limit) {
                throw new NoMasterException(this);
            }
            if (!isTold) {
                LOG.warn("No Spark master answers at {} yet, trying for {} s", url, PATIENCE.toSeconds());
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PERIOD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoMasterException(this);
        }
    }

    /** That none answers, and what to look at. */
    public String absence() {
        return "no Spark master answers at " + url + " (look whether it runs, and at --master)";
    }

    /** Whether any of them takes a connection. */
    public boolean answer() {
        return Arrays.stream(url.substring(SCHEME.length()).split(",", -1)).anyMatch(StandaloneMasters::answers);
    }

    private static boolean answers(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(address.substring(0, Math.max(0, colon)), port), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
