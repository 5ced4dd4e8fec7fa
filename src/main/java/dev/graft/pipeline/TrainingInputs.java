package dev.graft.pipeline;

import dev.graft.base.Base;
import dev.graft.manifest.ManifestDigest;
import dev.graft.manifest.TrainingManifest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a model is trained on.
 *
 * @param manifest the labelled images
 * @param digest of the manifest as it lies in storage
 * @param identity of the images and their labels; where it is the same, an interrupted training may go on
 * @param training its classes
 */
public record TrainingInputs(
        Dataset<Row> manifest, String digest, String identity, TrainingManifest training, Base base) {
    static TrainingInputs open(RunContext run, String manifestUri) {
        return open(run, manifestUri, run.openBase());
    }

    /** @throws dev.graft.settings.DataGateException when a class has no training image */
    static TrainingInputs open(RunContext run, String manifestUri, Base base) {
        TrainingInputs inputs = count(run, manifestUri, run.read(manifestUri), base);
        inputs.training().requireTrainable(inputs.training().images());
        return inputs;
    }

    /** Whether the images can be trained on remains to be seen. */
    public static TrainingInputs count(RunContext run, String manifestUri, Dataset<Row> manifest, Base base) {
        String digest = ManifestDigest.of(run.spark(), manifestUri);
        return new TrainingInputs(manifest, digest, digest, TrainingManifest.counting(manifest), base);
    }

    /** The same images from another table. */
    public TrainingInputs with(Dataset<Row> table) {
        return new TrainingInputs(table, digest, identity, training, base);
    }

    /** The same images under another identity. */
    public TrainingInputs identifiedBy(String other) {
        return new TrainingInputs(manifest, digest, other, training, base);
    }
}
