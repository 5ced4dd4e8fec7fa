package dev.graft.report;

import dev.graft.settings.UriCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The page that lists the nights of a model. */
public final class IndexPage {
    private IndexPage() {}

    /**
     * Renders the page, the latest first.
     *
     * @param model {@code REGISTRY/NAME}
     * @param left what is said of those that have no row; empty where all have one
     */
    public static String html(String model, List<IndexRow> rows, String left) {
        List<IndexRow> latestFirst = rows.stream()
                .sorted(Comparator.comparing(IndexRow::ended).reversed())
                .toList();
        return Pages.html(
                "index.ftlh",
                Map.of(
                        "rows",
                        latestFirst,
                        "left",
                        left,
                        "model",
                        UriCredentials.redactedUri(model),
                        "style",
                        Pages.resource("style.css")));
    }
}
