package dev.graft.train;

import dev.graft.averaging.Epoch;
import dev.graft.base.Base;
import dev.graft.predict.Classifier;
import dev.graft.predict.FeaturePredictor;
import dev.graft.predict.PredictionColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A head that was trained, with the course of its training. */
public final class TrainedHead {
    private final ComputationGraph network;
    private final List<String> labels;
    private final List<Epoch> epochs;

    TrainedHead(ComputationGraph network, List<String> labels, List<Epoch> epochs) {
        this.network = network;
        this.labels = List.copyOf(labels);
        this.epochs = List.copyOf(epochs);
    }

    public List<Epoch> epochs() {
        return epochs;
    }

    public List<String> labels() {
        return labels;
    }

    /**
     * Predicts from stored features.
     *
     * @param examples rows with uri, label and features
     * @return a table with the columns of {@link PredictionColumns}
     */
    public Dataset<Row> predict(Dataset<Row> examples) {
        return FeaturePredictor.of(network, labels).predict(examples);
    }

    /** From features [examples, features] to logits. */
    ComputationGraph network() {
        return network;
    }

    /** Puts the head on its base: from raw pixels to logits. */
    public Classifier on(Base base) {
        return new Classifier(Head.joined(base, network), labels, base.layout().inputSize());
    }
}
