package dev.graft.cli;

import dev.graft.decode.ImageDecoder;
import dev.graft.evaluate.Metrics;
import dev.graft.manifest.Sha256;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.ModelPublisher;
import dev.graft.publish.NetworkWriter;
import dev.graft.publish.Preprocessing;
import dev.graft.publish.Provenance;
import dev.graft.train.Checkpoints;
import dev.graft.train.Epoch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Where a trained model goes, and what is kept of its training until it is there. */
final class Publishing {
    private static final int KEY_DIGITS = 16;

    private final SparkSession spark;
    private final Stages stages;
    private final String command;
    private final TrainingLog log;
    private final String model;
    private final ModelPublisher publisher;

    /**
     * Checks where the model will go.
     *
     * @param command the command line, for the model's provenance
     */
    Publishing(SparkSession spark, Stages stages, String command, TrainingLog log, String model) {
        this.spark = spark;
        this.stages = stages;
        this.command = command;
        this.log = log;
        this.model = model;
        this.publisher = new ModelPublisher(model, spark.sessionState().newHadoopConf());
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
                stages.settings().effective());
        String key = Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
        return Checkpoints.in(
                model + "/checkpoints/" + key, spark.sessionState().newHadoopConf());
    }

    void publish(Trained trained, NetworkWriter network) {
        Origin origin = trained.origin();
        Provenance provenance = new Provenance(
                origin.manifest(),
                origin.base(),
                origin.weights(),
                origin.fingerprint(),
                BuildVersions.all(spark.version()),
                origin.seed(),
                Instant.now(),
                command,
                origin.parent());
        ModelDescription description = new ModelDescription(
                trained.labels(),
                trained.preprocessing(),
                stages.settings().effective(),
                trained.metrics().map(Metrics::toJson).orElse(null),
                trained.history(),
                provenance);
        String version = publisher.publish(description, network);
        trained.metrics().ifPresent(found -> log.say("On the test images:" + System.lineSeparator() + found.table()));
        log.say("model " + model + " version " + version);
    }
}
