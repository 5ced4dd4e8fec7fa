package dev.graft.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, driven through its ChromeDriver as W3C's WebDriver says. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Pattern PORT = Pattern.compile("started successfully on port ([0-9]+)");
    private static final long LIMIT_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final URI service;
    private final String session;

    /** @param directory for the profile and the driver's log; empty */
    Browser(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("chromedriver.log");
        this.driver = new ProcessBuilder(DRIVER.toString(), "--port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        this.service = URI.create("http://127.0.0.1:" + port(log));
        ObjectNode capabilities = JSON.createObjectNode();
        ObjectNode options =
                capabilities.putObject("capabilities").putObject("alwaysMatch").putObject("goog:chromeOptions");
        options.put("binary", CHROMIUM.toString());
        List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + directory.resolve("profile"))
                .forEach(options.withArray("args")::add);
        this.session = post("/session", capabilities).path("sessionId").asText();
    }

    /** Whether this machine has one. */
    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    private String port(Path log) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            Matcher said = PORT.matcher(Files.readString(log));
            if (said.find()) {
                return said.group(1);
            }
            if (!driver.isAlive() || System.nanoTime() > limit) {
                close();
                throw new IOException("ChromeDriver did not start: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    /** A window of some size, light or dark. */
    void show(int width, int height, String scheme) throws IOException, InterruptedException {
        ObjectNode metrics = command("Emulation.setDeviceMetricsOverride");
        metrics.withObject("/params")
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", width < 500);
        post("/session/" + session + "/goog/cdp/execute", metrics);
        ObjectNode media = command("Emulation.setEmulatedMedia");
        media.withObject("/params")
                .putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        post("/session/" + session + "/goog/cdp/execute", media);
    }

    private static ObjectNode command(String name) {
        ObjectNode command = JSON.createObjectNode().put("cmd", name);
        command.putObject("params");
        return command;
    }

    void open(Path page) throws IOException, InterruptedException {
        post(
                "/session/" + session + "/url",
                JSON.createObjectNode().put("url", page.toUri().toString()));
    }

    /** What a script returns. */
    JsonNode run(String script) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("script", script);
        body.putArray("args");
        return post("/session/" + session + "/execute/sync", body);
    }

    /** Writes a picture of the whole page. */
    void screenshot(Path png) throws IOException, InterruptedException {
        ObjectNode capture = command("Page.captureScreenshot");
        capture.withObject("/params").put("format", "png").put("captureBeyondViewport", true);
        JsonNode picture = post("/session/" + session + "/goog/cdp/execute", capture);
        Files.write(png, Base64.getDecoder().decode(picture.path("data").asText()));
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).path("value");
    }

    @Override
    public void close() {
        try (Stream<ProcessHandle> started = driver.descendants()) {
            List<ProcessHandle> all = started.toList();
            driver.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            driver.onExit().join();
            all.forEach(process -> process.onExit().join()); // they write into the profile until then
        }
    }
}
