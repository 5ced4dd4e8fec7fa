package dev.graft.pipeline;

import dev.graft.base.Architecture;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ResizeMethod;
import dev.graft.forward.Accounting;
import dev.graft.forward.Rejection;
import dev.graft.predict.Classifier;
import dev.graft.predict.Predictions;
import dev.graft.predict.Predictor;
import dev.graft.publish.ModelBundle;
import dev.graft.publish.ModelReader;
import dev.graft.publish.Preprocessing;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A published model, ready to predict as it was trained.
 *
 * @param name as it was asked for
 */
public record OpenedModel(String name, ModelBundle bundle, Classifier classifier) {
    /**
     * Opens a model, and notes in the log where it sees images in another way than it was trained to.
     *
     * @param decode what an image may take, which bounds the model's input
     */
    public static OpenedModel open(SparkSession spark, String model, DecodeSettings decode, RunLog log) {
        ModelBundle bundle = new ModelReader(spark.sessionState().newHadoopConf()).open(model);
        Preprocessing preprocessing = bundle.description().preprocessing();
        preprocessing.requireImageWithin(decode.maxImageMemory());
        resize(preprocessing);
        if (!preprocessing.decoderVersion().equals(ImageDecoder.VERSION)) {
            log.note("Note: " + model + " was trained on images of decoder " + preprocessing.decoderVersion()
                    + ", this Graft has decoder " + ImageDecoder.VERSION);
        }
        log.note("model " + bundle.version() + ": " + BaseLine.of(bundle.description()));
        if (bundle.description().provenance().baseName().equals(Architecture.XCEPTION_MINI.id())) {
            log.bundledBase();
        }
        try (InputStream network = bundle.openNetwork()) {
            List<String> labels = bundle.description().labels();
            return new OpenedModel(model, bundle, Classifier.read(network, labels, preprocessing.inputSize()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the network of model " + model, e);
        }
    }

    /** Notes in the log what somebody said of the base or of its images, and the model has otherwise. */
    public void noteUnused(Stages given, RunLog log) {
        UnusedSettings.notes(given, bundle.description()).forEach(log::note);
    }

    private static ResizeMethod resize(Preprocessing preprocessing) {
        try {
            return ResizeMethod.of(preprocessing.resize());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "Invalid resize of a model: " + preprocessing.resize() + " (this Graft has no such method)", e);
        }
    }

    /** Notes in the log where a run deals images in another way than the training did, so that some are no test of it. */
    public void warnOfOtherSplits(Stages stages, RunLog log) {
        DealtSplits.warning(this, stages).ifPresent(log::note);
    }

    public List<String> labels() {
        return classifier.labels();
    }

    /** Predicts with the preprocessing that the model was trained with. */
    public Predictions predict(RunContext run, Dataset<Row> images) {
        ResizeMethod resize = resize(bundle.description().preprocessing());
        DecodeSettings decode = run.stages().decode().withResize(resize);
        return new Predictor(
                        run.spark(),
                        decode,
                        run.stages().extract().batch(),
                        run.log().progress())
                .predict(images, classifier);
    }

    /** Notes what became of the images, and refuses to go on when too many were rejected. */
    public static void requireShareOfRejects(RunContext run, Predictions predictions) {
        Accounting accounting = predictions.accounting();
        run.log().note(accounting.toString());
        List<Rejection> rejections = Rejections.of(predictions);
        Rejection.lines(rejections).forEach(run.log()::note);
        accounting.requireShareOfRejects(
                run.stages().decode().maxRejectedShare(), "reasons: " + Rejection.counts(rejections));
    }
}
