package dev.graft.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A small model to publish. */
final class ModelFixtures {
    private ModelFixtures() {}

    static ModelDescription description() {
        return description("seed = 42\n");
    }

    static ModelDescription description(String settings) {
        return new ModelDescription(
                List.of("cat", "dog"),
                new Preprocessing(150, "bilinear", "x / 127.5 - 1", "1"),
                settings,
                "{\"accuracy\":0.975}",
                "{\"epoch\":1}\n",
                new Provenance(
                        "aa".repeat(32),
                        "xception",
                        "bb".repeat(32),
                        "cc".repeat(32),
                        new TreeMap<>(Map.of("graft", "0.1.0", "java", "17")),
                        42,
                        Instant.parse("2026-03-14T09:15:00.123Z"),
                        "train --manifest m.csv --out models/cats",
                        ""));
    }

    /** Bytes larger than any buffer on the way. */
    static byte[] network(long seed) {
        byte[] bytes = new byte[300_000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] networkOf(ModelBundle bundle) {
        try (InputStream in = bundle.openNetwork()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
