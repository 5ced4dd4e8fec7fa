package dev.graft.pipeline;

import dev.graft.features.FeatureStore;
import dev.graft.manifest.Tables;
import dev.graft.predict.Predictions;
import dev.graft.publish.Provenance;
import dev.graft.spark.JobDescription;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Runs published models over images. */
public final class ModelScores {
    private final RunContext run;
    private final Optional<FeatureStore> store;

    /** @param store empty where no features are stored */
    public ModelScores(RunContext run, Optional<FeatureStore> store) {
        this.run = run;
        this.store = store;
    }

    /**
     * Predicts on stored features where those are what the model's base gives, else on the images.
     *
     * @param examples rows with uri and label, and with features where a store has them
     * @param use what is done with the predictions, which may be gone after it
     */
    <T> T score(OpenedModel model, Dataset<Row> examples, Function<Dataset<Row>, T> use) {
        return JobDescription.during(run.spark(), "Score with " + model.bundle().version(), () -> {
            if (isOnStore(model)) {
                return use.apply(model.classifier().predictFrom(examples));
            }
            try (Predictions predictions = model.predict(run, examples.drop("features"))) {
                OpenedModel.requireShareOfRejects(run, predictions);
                return use.apply(predictions.rows());
            }
        });
    }

    /**
     * The same, kept.
     *
     * @param table URI of the table of predictions
     */
    public Dataset<Row> keep(OpenedModel model, Dataset<Row> examples, String table) {
        return score(model, examples, predictions -> {
            predictions.write().mode(SaveMode.Overwrite).parquet(table);
            return Tables.read(run.spark(), table);
        });
    }

    /** A model whose base was trained on has features of its own. */
    private boolean isOnStore(OpenedModel model) {
        Provenance provenance = model.bundle().description().provenance();
        return provenance.parent().isEmpty()
                && store.map(stored -> stored.spec().fingerprint()).equals(Optional.of(provenance.fingerprint()));
    }
}
