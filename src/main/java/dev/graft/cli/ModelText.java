package dev.graft.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.evaluate.TextTable;
import dev.graft.publish.Decision;
import dev.graft.publish.ModelBundle;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.Provenance;
import dev.graft.publish.VersionSummary;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Versions of models as text. */
final class ModelText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "-";

    private ModelText() {}

    /** A line for each version, the current one marked. */
    static String table(List<VersionSummary> versions) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("version", "accuracy", "base", "decision"));
        for (VersionSummary version : versions) {
            rows.add(List.of(
                    version.version() + (version.isCurrent() ? " *" : ""),
                    version.description()
                            .map(found -> accuracy(found.metrics()))
                            .orElse("not whole"),
                    version.description()
                            .map(found -> found.provenance().baseName())
                            .orElse(NONE),
                    version.decision()
                            .map(Decision::kind)
                            .map(Decision.Kind::id)
                            .orElse(NONE)));
        }
        return TextTable.align(rows).stripTrailing();
    }

    private static String accuracy(@Nullable String metrics) {
        if (metrics == null) {
            return NONE;
        }
        try {
            return String.format(
                    Locale.ROOT, "%.4f", JSON.readTree(metrics).path("accuracy").asDouble());
        } catch (JsonProcessingException e) {
            return "unreadable";
        }
    }

    /** All that a bundle says about its version. */
    static String show(ModelBundle bundle) {
        ModelDescription description = bundle.description();
        Provenance provenance = description.provenance();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("version", bundle.version()));
        rows.add(List.of("created", provenance.created().toString()));
        rows.add(List.of("accuracy", accuracy(description.metrics())));
        rows.add(List.of(
                "labels", description.labels().stream().map(ShownText::name).collect(Collectors.joining(", "))));
        rows.add(List.of("base", provenance.baseName()));
        rows.add(List.of("base digest", provenance.baseDigest()));
        rows.add(List.of("fingerprint", provenance.fingerprint()));
        rows.add(List.of("manifest digest", provenance.manifestDigest()));
        rows.add(List.of("seed", Long.toString(provenance.seed())));
        rows.add(List.of("fine-tuned from", provenance.parent().isEmpty() ? NONE : provenance.parent()));
        provenance.versions().forEach((software, version) -> rows.add(List.of(software, version)));
        rows.add(List.of("command", provenance.command()));
        rows.add(List.of("directory", bundle.uri()));
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(
                String.format(Locale.ROOT, "%-16s %s%n", ShownText.name(row.get(0)), ShownText.line(row.get(1)))));
        return text.toString().stripTrailing();
    }
}
