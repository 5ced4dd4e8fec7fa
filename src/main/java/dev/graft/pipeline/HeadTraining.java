package dev.graft.pipeline;

import dev.graft.averaging.Checkpoints;
import dev.graft.base.Base;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.forward.Accounting;
import dev.graft.forward.Views;
import dev.graft.manifest.Split;
import dev.graft.train.EndToEndTrainer;
import dev.graft.train.HeadTrainer;
import dev.graft.train.TrainedHead;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From a manifest to a published model: a head on stored features, or end to end; evaluation on the test images. */
public final class HeadTraining {
    private final RunContext run;
    private final Stages stages;
    private final RunLog log;

    public HeadTraining(RunContext run) {
        this.run = run;
        this.stages = run.stages();
        this.log = run.log();
    }

    /**
     * Trains on stored features, which are extracted first where they are not there, and publishes.
     *
     * @param storeUri the feature store
     * @param model {@code REGISTRY/NAME}
     * @throws dev.graft.settings.DataGateException when the rule of promotion has an objection to the version
     */
    public void onFeatures(String manifestUri, String storeUri, String model, Promote promote) {
        Publishing publishing = new Publishing(run, model);
        stages.unusedAugmentation().ifPresent(log::note);
        Base base = run.openBase();
        TrainingInputs inputs;
        FeatureStore features;
        try (LockedStore store = run.openStore(storeUri, base)) {
            inputs = TrainingInputs.open(run, manifestUri, base);
            features = store.features();
            Accounting accounting = run.extract(inputs.manifest(), base, store);
            run.tell(accounting, inputs.manifest(), features);
            log.note("features " + features.uri());
            accounting.requireShareOfRejects(stages.decode().maxRejectedShare(), features.rejects());
            inputs.training().requireTrainable(Examples.decoded(inputs.manifest(), features));
        }
        new Contents(Examples.index(inputs.manifest(), features)).warnings().forEach(log::note);
        Publishing.Published published = train(inputs, features, publishing);
        Dataset<Row> test = Split.TEST.of(Examples.plain(Examples.of(inputs.manifest(), features)));
        new Promotion(run, promote, published).decide(test, Optional.of(features));
    }

    /** Trains on the features of a store that has them all, and publishes. */
    public Publishing.Published train(TrainingInputs inputs, FeatureStore store, Publishing publishing) {
        Dataset<Row> examples = Examples.of(inputs.manifest(), store);
        Checkpoints checkpoints =
                publishing.checkpoints("head", inputs.identity(), inputs.base().digest());
        List<String> labels = inputs.training().labels();
        TrainedHead head = new HeadTrainer(run.spark(), stages.head(), Optional.of(checkpoints), log.progress())
                .train(
                        examples,
                        labels,
                        inputs.base().layout().features(),
                        store.spec().views(),
                        log);
        Dataset<Row> test = Examples.plain(Split.TEST.of(examples));
        Optional<Metrics> metrics =
                test.isEmpty() ? Optional.empty() : Optional.of(Evaluator.evaluate(head.predict(test), labels));
        return publish(publishing, inputs, head, store.spec(), metrics, checkpoints);
    }

    /**
     * Trains on images that are augmented anew in each epoch, and publishes.
     *
     * @param model {@code REGISTRY/NAME}
     * @throws dev.graft.settings.DataGateException when the rule of promotion has an objection to the version
     */
    public void endToEnd(String manifestUri, String model, Promote promote) {
        Publishing publishing = new Publishing(run, model);
        if (stages.extract().views() > 1) {
            log.note("Note: extract.views = " + stages.extract().views()
                    + " is not used: every epoch draws its images anew");
        }
        TrainingInputs inputs = TrainingInputs.open(run, manifestUri);
        Dataset<Row> test = Split.TEST.of(inputs.manifest());
        Publishing.Published published;
        try (DecodedManifest decoded = DecodedManifest.of(run)) {
            published = endToEnd(inputs, test, decoded, publishing);
        }
        new Promotion(run, promote, published).decide(test, Optional.empty());
    }

    private Publishing.Published endToEnd(
            TrainingInputs inputs, Dataset<Row> test, DecodedManifest decoded, Publishing publishing) {
        Checkpoints checkpoints = publishing.checkpoints(
                "end-to-end", inputs.identity(), inputs.base().digest());
        TrainedHead head = new EndToEndTrainer(
                        run.spark(),
                        stages.head(),
                        stages.augment(),
                        stages.decode(),
                        stages.extract().batch(),
                        Optional.of(checkpoints),
                        log.progress())
                .train(
                        inputs.manifest(),
                        inputs.training().labels(),
                        inputs.base(),
                        counts -> decoded.trains(counts, inputs.training()),
                        log);
        FeatureSpec spec = FeatureSpec.of(inputs.base(), stages.decode(), Views.PLAIN);
        Optional<Metrics> metrics = decoded.evaluate(test, head.on(inputs.base()));
        return publish(publishing, inputs, head, spec, metrics, checkpoints);
    }

    private Publishing.Published publish(
            Publishing publishing,
            TrainingInputs inputs,
            TrainedHead head,
            FeatureSpec spec,
            Optional<Metrics> metrics,
            Checkpoints checkpoints) {
        Publishing.Origin origin = new Publishing.Origin(
                inputs.digest(),
                inputs.base().layout().architecture().id(),
                inputs.base().digest(),
                spec.fingerprint(),
                stages.head().seed(),
                "");
        Publishing.Trained trained = new Publishing.Trained(
                head.labels(), stages.preprocessing(inputs.base()), Publishing.history(head.epochs()), metrics, origin);
        return new Publishing.Published(publishing.publish(trained, head.on(inputs.base())::write), checkpoints);
    }
}
