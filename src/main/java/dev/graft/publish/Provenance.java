package dev.graft.publish;

import dev.graft.settings.UriCredentials;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model came from.
 *
 * @param manifestDigest SHA-256 of the manifest it was trained on
 * @param baseName name of the pretrained base
 * @param baseDigest SHA-256 of the base's weights
 * @param fingerprint of the features: base, cut and everything else that shaped them
 * @param versions of the software by name: graft, spark, dl4j, java
 * @param seed of every random draw
 * @param command the command line of the run
 * @param parent URI of the model that this one was fine-tuned from; empty where there is none
 */
public record Provenance(
        String manifestDigest,
        String baseName,
        String baseDigest,
        String fingerprint,
        SortedMap<String, String> versions,
        long seed,
        Instant created,
        String command,
        String parent) {

    public Provenance {
        command = UriCredentials.redacted(Objects.requireNonNullElse(command, ""));
        parent = UriCredentials.redactedUri(Objects.requireNonNullElse(parent, ""));
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }
}
