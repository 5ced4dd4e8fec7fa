package dev.graft.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.evaluate.Metrics;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.Split;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page of one run: one file of HTML that needs nothing else. */
public final class RunPage {
    /** A larger matrix of confusions is a list of the most frequent ones. */
    private static final int LARGEST_MATRIX = 20;

    private static final int LISTED_CONFUSIONS = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunPage() {}

    /** Renders the page. */
    public static String html(RunRecord run, Gallery gallery) {
        Map<String, Object> values = new HashMap<>();
        values.put("run", run);
        values.put("gallery", gallery);
        values.put("style", Pages.resource("style.css"));
        values.put("chartLibrary", Pages.resource("/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.js"));
        values.put("charts", Pages.resource("charts.js"));
        values.put("figures", figures(run).toString().replace("<", "\\u003c"));
        values.put("duration", Durations.text(run.duration()));
        values.put("splits", splits(run.data().images()));
        Metrics metrics = run.metrics();
        if (metrics != null) {
            values.put("matrix", metrics.labels().size() <= LARGEST_MATRIX);
            values.put("confusions", confusions(metrics));
        }
        return Pages.html("run.ftlh", values);
    }

    /** Classes with their counts in each split. */
    private static List<ClassCounts> splits(ImageCounts images) {
        return images.labels().stream()
                .map(label -> new ClassCounts(
                        label,
                        images.count(Split.TRAIN, label),
                        images.count(Split.VALIDATION, label),
                        images.count(Split.TEST, label)))
                .toList();
    }

    /** How many images of a class there are. */
    public record ClassCounts(String label, long train, long validation, long test) {}

    /** A class that was taken for another. */
    public record Confusion(String actual, String predicted, long images) {}

    private static List<Confusion> confusions(Metrics metrics) {
        List<Confusion> confusions = new ArrayList<>();
        List<String> labels = metrics.labels();
        for (int actual = 0; actual < labels.size(); actual++) {
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                long images = metrics.confusion().get(actual).get(predicted);
                if (actual != predicted && images > 0) {
                    confusions.add(new Confusion(labels.get(actual), labels.get(predicted), images));
                }
            }
        }
        confusions.sort(Comparator.comparingLong(Confusion::images).reversed());
        return confusions.subList(0, Math.min(LISTED_CONFUSIONS, confusions.size()));
    }

    /** What the charts are drawn from. */
    private static JsonNode figures(RunRecord run) {
        ObjectNode figures = JSON.createObjectNode();
        ArrayNode epochs = figures.putArray("epochs");
        run.history().lines().map(RunPage::epoch).forEach(epochs::add);
        ArrayNode stages = figures.putArray("stages");
        run.stages()
                .forEach(stage -> stages.addObject().put("stage", stage.stage()).put("seconds", stage.seconds()));
        return figures;
    }

    private static JsonNode epoch(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("Invalid history of a training: " + ShownText.name(line), e);
        }
    }
}
