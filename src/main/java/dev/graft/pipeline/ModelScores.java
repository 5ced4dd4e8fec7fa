package dev.graft.pipeline;

import dev.graft.features.FeatureStore;
import dev.graft.manifest.Tables;
import dev.graft.publish.Provenance;
import dev.graft.train.Predictions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Runs published models over the images of a night, and keeps what they say in tables of the run. */
final class ModelScores {
    private final RunContext run;
    private final FeatureStore store;

    ModelScores(RunContext run, FeatureStore store) {
        this.run = run;
        this.store = store;
    }

    /**
     * Predicts on stored features where those are what the model's base gives, else on the images.
     *
     * @param examples rows with uri, label and features
     * @param table URI of the table of predictions
     */
    Dataset<Row> score(OpenedModel model, Dataset<Row> examples, String table) {
        run.spark()
                .sparkContext()
                .setJobDescription("Score with " + model.bundle().version());
        try {
            if (isOnStore(model)) {
                write(model.classifier().predictFrom(examples), table);
            } else {
                try (Predictions predictions = model.predict(run, examples.drop("features"))) {
                    OpenedModel.requireShareOfRejects(run, predictions);
                    write(predictions.rows(), table);
                }
            }
            return Tables.read(run.spark(), table);
        } finally {
            run.spark().sparkContext().setJobDescription(null);
        }
    }

    /** A model whose base was trained on has features of its own. */
    private boolean isOnStore(OpenedModel model) {
        Provenance provenance = model.bundle().description().provenance();
        return provenance.parent().isEmpty()
                && provenance.fingerprint().equals(store.spec().fingerprint());
    }

    private static void write(Dataset<Row> predictions, String table) {
        predictions.write().mode(SaveMode.Overwrite).parquet(table);
    }
}
