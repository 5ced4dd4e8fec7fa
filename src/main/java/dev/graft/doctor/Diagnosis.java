package dev.graft.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all checks found. */
public final class Diagnosis {
    private static final int PLACES_NAMED = 5;
    private static final String INDENT = " ".repeat(9);

    private final List<Outcome> outcomes;

    /** A check, and what it found. */
    private record Outcome(String check, List<Finding> findings) {
        private List<Finding> troubles() {
            return findings.stream().filter(finding -> !finding.isOk()).toList();
        }
    }

    /** A finding, and all the places where it is so. */
    private record Trouble(Finding finding, List<String> places) {}

    private Diagnosis(List<Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    static Diagnosis of(List<? extends Check> checks, Facts facts) {
        return new Diagnosis(checks.stream()
                .map(check -> new Outcome(check.name(), check.judge(facts)))
                .toList());
    }

    /** How many findings would make a run fail; the same one in several places counts once. */
    public long failures() {
        return count(Severity.FAILURE);
    }

    private long count(Severity severity) {
        return outcomes.stream()
                .flatMap(outcome -> merged(outcome).stream())
                .filter(trouble -> trouble.finding().severity() == severity)
                .count();
    }

    /** A line for each check where all is well, a block for each finding where it is not, and the totals. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            List<Trouble> troubles = merged(outcome);
            if (troubles.isEmpty()) {
                append(text, Severity.OK, outcome.check(), allOf(outcome));
            }
            troubles.forEach(trouble -> append(text, outcome.check(), trouble));
        }
        return text.append("doctor: ")
                .append(counted(outcomes.size(), "check"))
                .append(", ")
                .append(counted(count(Severity.WARNING), "warning"))
                .append(", ")
                .append(counted(failures(), "failure"))
                .toString();
    }

    private static List<Trouble> merged(Outcome outcome) {
        List<Trouble> merged = new ArrayList<>();
        for (Finding finding : outcome.troubles()) {
            merged.stream()
                    .filter(trouble -> trouble.finding().isLike(finding))
                    .findFirst()
                    .ifPresentOrElse(
                            trouble -> trouble.places().add(finding.where()),
                            () -> merged.add(new Trouble(finding, new ArrayList<>(List.of(finding.where())))));
        }
        return merged;
    }

    private static String allOf(Outcome outcome) {
        return outcome.findings().stream().map(Finding::what).distinct().collect(Collectors.joining("; "));
    }

    private static void append(StringBuilder text, String check, Trouble trouble) {
        Finding finding = trouble.finding();
        append(text, finding.severity(), check, finding.what());
        text.append(INDENT).append("where: ").append(places(trouble.places())).append('\n');
        text.append(INDENT).append("why:   ").append(finding.why()).append('\n');
        text.append(INDENT).append("fix:   ").append(finding.remedy()).append('\n');
    }

    private static void append(StringBuilder text, Severity severity, String check, String what) {
        text.append(String.format(Locale.ROOT, "%-8s %s: %s%n", severity.label(), check, what));
    }

    private static String places(List<String> places) {
        String named = places.stream().limit(PLACES_NAMED).collect(Collectors.joining(", "));
        return places.size() <= PLACES_NAMED ? named : named + " and " + (places.size() - PLACES_NAMED) + " more";
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
