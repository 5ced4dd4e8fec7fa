package dev.graft.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An S3 server on loopback, in a process of its own; its buckets are folders. */
final class S3Server implements AutoCloseable {
    static final String ACCESS_KEY = "graft-tests";
    static final String SECRET_KEY = "never-to-be-written-down";

    private static final Path JAR = Path.of("target", "s3", "s3proxy.jar");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final URI endpoint;

    private S3Server(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts a server and waits until it answers. */
    static S3Server start(Path directory, String... buckets) throws IOException, InterruptedException {
        Path folders = directory.resolve("buckets");
        for (String bucket : buckets) {
            Files.createDirectories(folders.resolve(bucket));
        }
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
            port = free.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Path properties = Files.write(
                directory.resolve("s3.properties"),
                List.of(
                        "s3proxy.endpoint=" + endpoint,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "s3proxy.ignore-unknown-headers=true",
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + folders));
        Path log = directory.resolve("s3.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        S3Server server = new S3Server(process, endpoint);
        server.await(log);
        return server;
    }

    private void await(Path log) throws IOException, InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                close();
                throw new IOException("the S3 server does not answer: " + Files.readString(log));
            }
            Thread.sleep(100);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** What Hadoop needs to know to reach it. */
    Map<String, String> hadoopSettings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fs.s3a.endpoint", endpoint.toString());
        settings.put("fs.s3a.access.key", ACCESS_KEY);
        settings.put("fs.s3a.secret.key", SECRET_KEY);
        settings.put("fs.s3a.path.style.access", "true");
        return settings;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
