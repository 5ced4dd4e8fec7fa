package dev.graft.cli;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ResizeMethod;
import dev.graft.features.Accounting;
import dev.graft.publish.ModelBundle;
import dev.graft.publish.ModelReader;
import dev.graft.publish.Preprocessing;
import dev.graft.train.Classifier;
import dev.graft.train.Predictions;
import dev.graft.train.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A published model, ready to predict as it was trained. */
record OpenedModel(ModelBundle bundle, Classifier classifier) {

    static OpenedModel open(SparkSession spark, String model) {
        ModelBundle bundle = new ModelReader(spark.sessionState().newHadoopConf()).open(model);
        Preprocessing preprocessing = bundle.description().preprocessing();
        if (!preprocessing.decoderVersion().equals(ImageDecoder.VERSION)) {
            Terminal.err("Note: " + model + " was trained on images of decoder " + preprocessing.decoderVersion()
                    + ", this Graft has decoder " + ImageDecoder.VERSION);
        }
        try (InputStream network = bundle.openNetwork()) {
            List<String> labels = bundle.description().labels();
            return new OpenedModel(bundle, Classifier.read(network, labels, preprocessing.inputSize()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the network of model " + model, e);
        }
    }

    List<String> labels() {
        return classifier.labels();
    }

    /** Predicts with the preprocessing that the model was trained with. */
    Predictions predict(SparkSession spark, Stages stages, Dataset<Row> images) {
        ResizeMethod resize =
                ResizeMethod.of(bundle.description().preprocessing().resize());
        DecodeSettings decode = stages.decode().withResize(resize);
        return new Predictor(spark, decode, stages.extract().batch(), new TerminalProgress())
                .predict(images, classifier);
    }

    void requireShareOfRejects(Predictions predictions, Stages stages) {
        long predicted = predictions.images() - predictions.rejected();
        Accounting accounting = new Accounting(predictions.images(), predicted, 0, predictions.rejected());
        Terminal.err(accounting.toString());
        accounting.requireShareOfRejects(stages.decode().maxRejectedShare(), "predict writes the reasons to _rejects");
    }
}
