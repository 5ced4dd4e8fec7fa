package dev.graft.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Metrics as one JSON object; JSON has no NaN, so what is not defined is null. */
final class MetricsJson {
    private MetricsJson() {}

    static String write(Metrics metrics) {
        return tree(metrics).toString();
    }

    static ObjectNode tree(Metrics metrics) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("images", metrics.images());
        json.put("unlabelled", metrics.unlabelled());
        put(json, "accuracy", metrics.accuracy());
        put(json, "loss", metrics.loss());
        put(json, "auc", metrics.auc());
        put(json, "macroPrecision", metrics.macroPrecision());
        put(json, "macroRecall", metrics.macroRecall());
        put(json, "macroF1", metrics.macroF1());
        ArrayNode labels = json.putArray("labels");
        metrics.labels().forEach(labels::add);
        ArrayNode classes = json.putArray("classes");
        metrics.classes().forEach(each -> writeClass(classes.addObject(), each));
        ArrayNode confusion = json.putArray("confusion");
        metrics.confusion().forEach(row -> writeRow(confusion.addArray(), row));
        return json;
    }

    private static void writeClass(ObjectNode json, ClassMetrics metrics) {
        json.put("label", metrics.label());
        json.put("support", metrics.support());
        put(json, "precision", metrics.precision());
        put(json, "recall", metrics.recall());
        put(json, "f1", metrics.f1());
        put(json, "auc", metrics.auc());
    }

    private static void writeRow(ArrayNode json, List<Long> counts) {
        counts.forEach(json::add);
    }

    private static void put(ObjectNode json, String key, double value) {
        if (Double.isNaN(value)) {
            json.putNull(key);
        } else {
            json.put(key, value);
        }
    }
}
