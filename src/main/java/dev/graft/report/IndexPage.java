package dev.graft.report;

import java.util.List;
import java.util.Map;

/** The page that lists the runs of a model. */
public final class IndexPage {
    private IndexPage() {}

    /**
     * Renders the page.
     *
     * @param runs the latest first; at least one
     */
    public static String html(List<RunRecord> runs) {
        return Pages.html(
                "index.ftlh", Map.of("runs", runs, "model", runs.get(0).model(), "style", Pages.resource("style.css")));
    }
}
