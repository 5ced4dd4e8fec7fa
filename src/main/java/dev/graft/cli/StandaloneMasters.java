package dev.graft.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * The masters of a standalone cluster, of which one is at work.
 *
 * @param url such as {@code spark://one:7077,two:7077}
 */
record StandaloneMasters(String url) {
    private static final String SCHEME = "spark://";
    private static final int TIMEOUT_MILLIS = 3000;

    /** Those of a run; empty where it runs on no such cluster. */
    static Optional<StandaloneMasters> of(SparkConf run) {
        return Optional.of(run.get("spark.master", ""))
                .filter(url -> url.startsWith(SCHEME))
                .map(StandaloneMasters::new);
    }

    /** Whether any of them takes a connection. */
    boolean answer() {
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
