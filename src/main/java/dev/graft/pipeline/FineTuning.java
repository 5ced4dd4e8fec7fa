package dev.graft.pipeline;

import dev.graft.averaging.Checkpoints;
import dev.graft.evaluate.Metrics;
import dev.graft.manifest.ManifestDigest;
import dev.graft.manifest.Split;
import dev.graft.manifest.TrainingManifest;
import dev.graft.publish.Provenance;
import dev.graft.settings.InvalidInputException;
import dev.graft.train.FineTuned;
import dev.graft.train.FineTuner;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From a published model to one whose base was trained on: the better of the two on the validation images. */
public final class FineTuning {
    /** Whether the model's head must have been trained before. */
    public enum Start {
        TRAINED_HEAD,
        ANY
    }

    private final RunContext run;
    private final OpenedModel opened;

    /** @param run with the settings of the model's base, see {@link OpenedModel} */
    public FineTuning(RunContext run, OpenedModel opened) {
        this.run = run;
        this.opened = opened;
    }

    /**
     * Fine-tunes and publishes.
     *
     * @param manifestUri the labelled images
     * @param model {@code REGISTRY/NAME}
     * @throws dev.graft.settings.DataGateException when the rule of promotion has an objection to the version
     */
    public void tune(String manifestUri, String model, Start start, Promote promote) {
        Publishing publishing = new Publishing(run, model);
        requireTrainedHead(start);
        Dataset<Row> manifest = run.read(manifestUri);
        TrainingManifest training = TrainingManifest.check(manifest);
        requireClasses(manifestUri, training.labels());
        String digest = ManifestDigest.of(run.spark(), manifestUri);
        Publishing.Published published;
        try (DecodedManifest decoded = DecodedManifest.of(run)) {
            published = tune(new Images(manifest, training, digest, digest, decoded), publishing);
        }
        new Promotion(run, promote, published).decide(Split.TEST.of(manifest), Optional.empty());
    }

    /**
     * The labelled images.
     *
     * @param training their classes
     * @param identity of the images and their labels; where it is the same, an interrupted training may go on
     * @param decoded told what becomes of them
     */
    public record Images(
            Dataset<Row> manifest,
            TrainingManifest training,
            String digest,
            String identity,
            DecodedManifest decoded) {}

    /** Fine-tunes and publishes. */
    public Publishing.Published tune(Images images, Publishing publishing) {
        Checkpoints checkpoints = publishing.checkpoints(
                "fine-tune", images.identity(), opened.bundle().uri());
        FineTuned tuned = tune(images, checkpoints);
        report(tuned);
        return new Publishing.Published(publish(publishing, images, tuned), checkpoints);
    }

    private void requireTrainedHead(Start start) {
        String history = opened.bundle().description().history();
        if (start == Start.TRAINED_HEAD && history != null && history.isBlank()) {
            throw new InvalidInputException(
                    "Cannot fine-tune " + opened.name() + ": its head was never trained, and the"
                            + " large gradients of a random head would spoil what the base knows (train the head first, or say"
                            + " --from-scratch)");
        }
    }

    private void requireClasses(String manifestUri, List<String> labels) {
        if (!opened.labels().equals(labels)) {
            throw new InvalidInputException("Cannot fine-tune " + opened.name() + " on " + manifestUri
                    + ": the model's classes are " + opened.labels() + ", the manifest's are " + labels);
        }
    }

    private FineTuned tune(Images images, Checkpoints checkpoints) {
        Stages stages = run.stages();
        return new FineTuner(
                        run.spark(),
                        stages.fineTune(),
                        stages.augment(),
                        stages.decode(),
                        stages.extract().batch(),
                        Optional.of(checkpoints),
                        run.log().progress())
                .tune(
                        opened.classifier(),
                        stages.base().layout(),
                        images.manifest(),
                        counts -> images.decoded().trains(counts, images.training()),
                        run.log());
    }

    private void report(FineTuned tuned) {
        run.log().say("batch norm statistics changed: " + tuned.statisticsChanged());
        run.log().say("frozen weights changed: " + tuned.frozenChanged());
        run.log()
                .say(String.format(
                        Locale.ROOT,
                        "validation loss: head only %.4f, fine-tuned %.4f; the %s model is kept",
                        tuned.before().loss(),
                        tuned.after().loss(),
                        tuned.isFineTuned() ? "fine-tuned" : "head-only"));
    }

    /** That of the model that is kept: fine-tuning comes after what was before, or did not happen to it. */
    private String history(FineTuned tuned) {
        String before = Objects.requireNonNullElse(opened.bundle().description().history(), "");
        return tuned.isFineTuned() ? before + Publishing.history(tuned.epochs()) : before;
    }

    private Candidate publish(Publishing publishing, Images images, FineTuned tuned) {
        Optional<Metrics> metrics = images.decoded().evaluate(Split.TEST.of(images.manifest()), tuned.classifier());
        Publishing.Trained trained = new Publishing.Trained(
                opened.labels(),
                opened.bundle().description().preprocessing(),
                history(tuned),
                metrics,
                origin(tuned, images.digest()));
        Candidate published = publishing.publish(trained, tuned.classifier()::write);
        if (!tuned.isFineTuned()) {
            run.log()
                    .note("Note: version " + published.version() + " is "
                            + opened.bundle().uri() + " as it was: fine-tuning gave no lower validation loss");
        }
        return published;
    }

    /** Where a model is kept as it was, its own: its base is what it was, the pretrained one or not. */
    private Publishing.Origin origin(FineTuned tuned, String digest) {
        Provenance before = opened.bundle().description().provenance();
        return new Publishing.Origin(
                tuned.isFineTuned() ? digest : before.manifestDigest(),
                before.baseName(),
                before.baseDigest(),
                before.fingerprint(),
                tuned.isFineTuned() ? run.stages().fineTune().training().seed() : before.seed(),
                tuned.isFineTuned() ? opened.bundle().uri() : before.parent());
    }
}
