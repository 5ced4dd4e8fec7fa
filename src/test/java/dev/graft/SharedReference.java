package dev.graft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Reference data that stands beside the repository and is no part of it; tests that need it skip without it. */
public final class SharedReference {
    private static final Path ROOT = Path.of("../shared/data");

    private SharedReference() {}

    /** A file or folder of the reference data; aborts the test where it is absent. */
    public static Path path(String name) {
        Path path = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> "needs the reference data " + path + ", which is not here");
        return path;
    }

    public static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(path(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of an arbitrarily nested array, in order. */
    public static float[] floats(JsonNode node) {
        if (node.isNumber()) {
            return new float[] {node.floatValue()};
        }
        float[] values = new float[count(node)];
        fill(node, values, 0);
        return values;
    }

    private static int count(JsonNode node) {
        return node.isArray()
                ? IntStream.range(0, node.size()).map(i -> count(node.get(i))).sum()
                : 1;
    }

    private static int fill(JsonNode node, float[] values, int start) {
        if (node.isNumber()) {
            values[start] = node.floatValue();
            return start + 1;
        }
        int next = start;
        for (JsonNode child : node) {
            next = fill(child, values, next);
        }
        return next;
    }
}
