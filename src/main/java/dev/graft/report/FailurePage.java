package dev.graft.report;

import dev.graft.settings.UriCredentials;
import java.util.Map;

/** The page of a night that failed. */
public final class FailurePage {
    private FailurePage() {}

    /**
     * Renders the page.
     *
     * @param model {@code REGISTRY/NAME}
     * @param settings the effective ones, HOCON
     */
    public static String html(String model, NightRecord night, String settings) {
        return Pages.html(
                "failure.ftlh",
                Map.of(
                        "model",
                        UriCredentials.redactedUri(model),
                        "night",
                        night,
                        "settings",
                        settings,
                        "style",
                        Pages.resource("style.css")));
    }
}
