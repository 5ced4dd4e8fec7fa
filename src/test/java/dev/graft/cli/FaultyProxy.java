package dev.graft.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on loopback that hands requests on to another, but answers some of them with 503, and some too late. */
final class FaultyProxy implements AutoCloseable {
    static final int LATE_MILLIS = 15_000;

    private static final int UNAVAILABLE = 503;
    /** What the connection to the other server has of its own. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "date", "expect", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final URI upstream;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private volatile Faults faults = (method, path) -> Fault.NONE;

    /** What may go wrong with an answer. */
    enum Fault {
        NONE,
        UNAVAILABLE,
        LATE
    }

    /** Chooses the fault of a request. */
    interface Faults {
        Fault faultOf(String method, String path);
    }

    private FaultyProxy(HttpServer server, URI upstream) {
        this.server = server;
        this.upstream = upstream;
    }

    static FaultyProxy start(URI upstream) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FaultyProxy proxy = new FaultyProxy(server, upstream);
        server.createContext("/", proxy::answer);
        server.setExecutor(proxy.threads);
        server.start();
        return proxy;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on. */
    void setFaults(Faults chosen) {
        faults = chosen;
    }

    /** Requests that were answered with 503. */
    int refused() {
        return refused.get();
    }

    /** Requests that were answered late. */
    int late() {
        return late.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (faults.faultOf(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath())) {
                case UNAVAILABLE -> {
                    refused.incrementAndGet();
                    exchange.sendResponseHeaders(UNAVAILABLE, -1);
                }
                case LATE -> {
                    late.incrementAndGet();
                    Thread.sleep(LATE_MILLIS);
                    handOn(exchange, body);
                }
                case NONE -> handOn(exchange, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(upstream + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        forEach(exchange.getRequestHeaders(), request::header);
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Headers headers = exchange.getResponseHeaders();
        forEach(response.headers().map(), headers::add);
        byte[] content = response.body();
        if (exchange.getRequestMethod().equals("HEAD")) {
            response.headers().firstValue("content-length").ifPresent(length -> headers.set("Content-Length", length));
            exchange.sendResponseHeaders(response.statusCode(), -1);
        } else {
            exchange.sendResponseHeaders(response.statusCode(), content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private interface Header {
        void set(String name, String value);
    }

    private static void forEach(Map<String, List<String>> headers, Header header) {
        headers.forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> header.set(name, value));
            }
        });
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
