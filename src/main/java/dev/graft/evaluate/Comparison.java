package dev.graft.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.settings.ShownText;
import java.util.List;
import java.util.Locale;

/**
 * A candidate beside the current model, on the same images.
 *
 * @param paired the candidate is the first, the current model the second
 * @param objections why the candidate may not be promoted; empty when it may
 */
public record Comparison(Metrics candidate, Metrics current, PairedTest paired, List<String> objections) {

    public Comparison {
        objections = List.copyOf(objections);
    }

    public static Comparison of(Metrics candidate, Metrics current, PairedTest paired, PromotionRule rule) {
        return new Comparison(candidate, current, paired, rule.objections(candidate, current));
    }

    /** The classes that the candidate has and the current model has not, and the reverse. */
    public ClassChanges classes() {
        return ClassChanges.between(current.labels(), candidate.labels());
    }

    /** A line for people: how good both are. */
    public String figures() {
        return String.format(
                Locale.ROOT,
                "accuracy %.4f against %.4f; of %,d images %,d are right here alone and %,d there alone, which two equally"
                        + " good models reach in %.1f %% of cases (McNemar)",
                candidate.accuracy(),
                current.accuracy(),
                paired.images(),
                paired.onlyFirst(),
                paired.onlySecond(),
                100 * paired.pValue());
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder(figures()).append(System.lineSeparator());
        text.append(classes().text()).append(System.lineSeparator());
        objections.forEach(objection ->
                text.append("objection: ").append(ShownText.line(objection)).append(System.lineSeparator()));
        return text + (objections.isEmpty() ? "it may be promoted" : "it may not be promoted");
    }

    /** One JSON object on one line. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("candidate", MetricsJson.tree(candidate));
        json.set("current", MetricsJson.tree(current));
        ObjectNode test = json.putObject("mcnemar");
        test.put("images", paired.images());
        test.put("onlyCandidate", paired.onlyFirst());
        test.put("onlyCurrent", paired.onlySecond());
        test.put("pValue", paired.pValue());
        ArrayNode gained = json.putArray("classesGained");
        classes().gained().forEach(gained::add);
        ArrayNode lost = json.putArray("classesLost");
        classes().lost().forEach(lost::add);
        ArrayNode reasons = json.putArray("objections");
        objections.forEach(reasons::add);
        return json.toString();
    }
}
