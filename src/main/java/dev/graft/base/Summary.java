package dev.graft.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Keras' {@code summary()}: the layers of a network with their output shapes and counts of weights. */
public record Summary(List<Row> rows, long trainable, long nonTrainable) {
    private static final String FORMAT = "%-32s %-24s %-22s %12s  %s%n";

    /**
     * One layer.
     *
     * @param name Keras' name
     * @param type Keras' name of the kind of layer
     * @param shape of one image's output
     * @param weights all its values, statistics included
     * @param trains whether any of them train
     */
    public record Row(String name, String type, List<Long> shape, long weights, boolean trains) {}

    public Summary {
        rows = List.copyOf(rows);
    }

    /**
     * Counts the weights of a base with a new head on it.
     *
     * @param outputs logits of the head; 0 for the base alone
     * @param rules which layers of the base train; the head always does
     */
    public static Summary of(Layout layout, int outputs, TrainableRules rules) {
        List<Row> rows = new ArrayList<>();
        long trainable = 0;
        long nonTrainable = 0;
        for (LayerEntry layer : layout.layers()) {
            long trains = rules.trainableWeights(layer);
            long fixed = rules.nonTrainableWeights(layer);
            rows.add(new Row(layer.name(), layer.type(), layer.outputShape(), trains + fixed, trains > 0));
            trainable += trains;
            nonTrainable += fixed;
        }
        if (outputs > 0) {
            long head = (layout.features() + 1L) * outputs;
            rows.add(new Row("dropout", "Dropout", List.of((long) layout.features()), 0, false));
            rows.add(new Row("dense", "Dense", List.of((long) outputs), head, true));
            trainable += head;
        }
        return new Summary(rows, trainable, nonTrainable);
    }

    public long total() {
        return trainable + nonTrainable;
    }

    /** The table for a terminal, with the three totals below it. */
    public String table() {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, FORMAT, "layer", "type", "output shape", "parameters", "trains"));
        for (Row row : rows) {
            String shape = row.shape().stream().map(Object::toString).collect(Collectors.joining(", ", "(N, ", ")"));
            String weights = String.format(Locale.ROOT, "%,d", row.weights());
            String trains = row.weights() == 0 ? "" : row.trains() ? "yes" : "no";
            table.append(String.format(Locale.ROOT, FORMAT, row.name(), row.type(), shape, weights, trains));
        }
        return table.append(String.format(Locale.ROOT, "Total params: %,d%n", total()))
                .append(String.format(Locale.ROOT, "Trainable params: %,d%n", trainable))
                .append(String.format(Locale.ROOT, "Non-trainable params: %,d", nonTrainable))
                .toString();
    }
}
