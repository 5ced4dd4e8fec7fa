package dev.graft.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Metrics as plain text: a summary, a row for each class, and the confusion matrix or, of many classes, its largest errors. */
final class MetricsTable {
    /** A wider confusion matrix does not fit on a screen. */
    private static final int LARGEST_MATRIX = 20;

    private record Confusion(String actual, String predicted, long images) {}

    private MetricsTable() {}

    static String write(Metrics metrics) {
        List<String> blocks = new ArrayList<>();
        blocks.add(TextTable.align(summary(metrics)));
        blocks.add(TextTable.align(classes(metrics)));
        if (metrics.classes().size() <= LARGEST_MATRIX) {
            blocks.add(TextTable.align(matrix(metrics)));
        } else if (metrics.accuracy() < 1) {
            blocks.add(largestErrors(errors(metrics)));
        }
        return String.join("\n", blocks);
    }

    private static List<List<String>> summary(Metrics metrics) {
        return List.of(
                List.of("images", Long.toString(metrics.images())),
                List.of("not labelled", Long.toString(metrics.unlabelled())),
                List.of("accuracy", number(metrics.accuracy())),
                List.of("loss", number(metrics.loss())),
                List.of("AUC", number(metrics.auc())),
                List.of("macro precision", number(metrics.macroPrecision())),
                List.of("macro recall", number(metrics.macroRecall())),
                List.of("macro F1", number(metrics.macroF1())));
    }

    private static List<List<String>> classes(Metrics metrics) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "images", "precision", "recall", "F1", "AUC"));
        for (ClassMetrics each : metrics.classes()) {
            rows.add(List.of(
                    each.label(),
                    Long.toString(each.support()),
                    number(each.precision()),
                    number(each.recall()),
                    number(each.f1()),
                    number(each.auc())));
        }
        return rows;
    }

    private static List<List<String>> matrix(Metrics metrics) {
        List<String> header = new ArrayList<>();
        header.add("true \\ predicted");
        header.addAll(metrics.labels());
        List<List<String>> rows = new ArrayList<>();
        rows.add(header);
        for (int i = 0; i < metrics.classes().size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(metrics.labels().get(i));
            metrics.confusion().get(i).forEach(count -> row.add(Long.toString(count)));
            rows.add(row);
        }
        return rows;
    }

    private static String largestErrors(List<Confusion> errors) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("true", "predicted", "images"));
        errors.stream()
                .sorted(Comparator.comparingLong(Confusion::images).reversed())
                .limit(LARGEST_MATRIX)
                .forEach(each -> rows.add(List.of(each.actual(), each.predicted(), Long.toString(each.images()))));
        return TextTable.align(rows) + more(errors.size() - LARGEST_MATRIX);
    }

    private static String more(int pairs) {
        return pairs > 0 ? "and " + pairs + (pairs == 1 ? " more pair\n" : " more pairs\n") : "";
    }

    private static List<Confusion> errors(Metrics metrics) {
        List<String> labels = metrics.labels();
        List<Confusion> errors = new ArrayList<>();
        for (int actual = 0; actual < labels.size(); actual++) {
            List<Long> row = metrics.confusion().get(actual);
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                if (actual != predicted && row.get(predicted) > 0) {
                    errors.add(new Confusion(labels.get(actual), labels.get(predicted), row.get(predicted)));
                }
            }
        }
        return errors;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
