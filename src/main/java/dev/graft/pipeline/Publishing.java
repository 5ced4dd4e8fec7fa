package dev.graft.pipeline;

import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Epoch;
import dev.graft.decode.ImageDecoder;
import dev.graft.evaluate.Metrics;
import dev.graft.publish.BuildVersions;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.ModelPublisher;
import dev.graft.publish.Preprocessing;
import dev.graft.publish.Provenance;
import dev.graft.storage.NetworkWriter;
import dev.graft.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a trained model goes, and what is kept of its training until it is there. */
public final class Publishing {
    private static final String UNTESTED =
            "Warning: no test image could be used, so nobody knows how good this version is"
                    + " (give some images the split test)";
    /** Decides whether a training is published, and nothing about the training itself. */
    private static final String MAX_REJECTED_SHARE = "decode.max-rejected-share";

    private static final int KEY_DIGITS = 16;

    private final RunContext run;
    private final String model;
    private final ModelPublisher publisher;

    /**
     * Checks where the model will go, so that a long run does not end with a mistyped URI.
     *
     * @param model {@code REGISTRY/NAME}
     */
    public Publishing(RunContext run, String model) {
        this.run = run;
        this.model = model;
        this.publisher = new ModelPublisher(model, run.hadoop());
    }

    /**
     * What a model came from.
     *
     * @param manifest digest of the manifest
     * @param base name of the base's architecture
     * @param weights digest of the base's weights
     * @param fingerprint of its features
     * @param seed of the training
     * @param parent URI of the model that was trained on; empty for a new one
     */
    record Origin(String manifest, String base, String weights, String fingerprint, long seed, String parent) {}

    /** The history of a training: one JSON object on a line for each epoch. */
    static String history(List<Epoch> epochs) {
        return epochs.stream().map(epoch -> epoch.toJson() + "\n").collect(Collectors.joining());
    }

    /** A model that is ready to be published. */
    record Trained(
            List<String> labels,
            Preprocessing preprocessing,
            String history,
            Optional<Metrics> metrics,
            Origin origin) {}

    /**
     * A model that was published.
     *
     * @param checkpoints of its training, which nobody needs any more
     */
    public record Published(Candidate candidate, Checkpoints checkpoints) {}

    /**
     * The checkpoints of this training, beside the model: those of a run with the same settings on the same inputs, so
     * that a run that was killed and is started again goes on from there.
     *
     * @param inputs whatever else the training depends on
     */
    Checkpoints checkpoints(String... inputs) {
        String all = String.join(
                "\n",
                String.join("\n", inputs),
                ImageDecoder.VERSION,
                BuildVersions.graft(),
                run.stages().settings().effectiveWithout(MAX_REJECTED_SHARE));
        String key = Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
        return Checkpoints.in(model + "/checkpoints/" + key, run.hadoop(), run.log()::note);
    }

    /** Publishes a version, which is not current before somebody promotes it. */
    Candidate publish(Trained trained, NetworkWriter network) {
        Origin origin = trained.origin();
        Provenance provenance = new Provenance(
                origin.manifest(),
                origin.base(),
                origin.weights(),
                origin.fingerprint(),
                BuildVersions.all(run.spark().version()),
                origin.seed(),
                Instant.now(),
                run.command(),
                origin.parent());
        ModelDescription description = new ModelDescription(
                trained.labels(),
                trained.preprocessing(),
                run.stages().settings().effective(),
                trained.metrics().map(Metrics::toJson).orElse(null),
                trained.history(),
                provenance);
        String version = publisher.add(description, network);
        trained.metrics()
                .ifPresentOrElse(
                        found -> run.log().say("On the test images:" + System.lineSeparator() + found.table()),
                        () -> run.log().note(UNTESTED));
        run.log().say("model " + model + " version " + version);
        return new Candidate(model, version);
    }
}
