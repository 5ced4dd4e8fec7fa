package dev.graft.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the benchmark found, as a table for people and as JSON. */
final class Report {
    private record Result(String key, Spread spread, Target target) {}

    private record Figure(String key, String unit, String contender, Spread spread) {
        String label() {
            return key + " " + unit + ": " + contender;
        }
    }

    private final Machine machine;
    private final List<Result> results = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(Machine machine) {
        this.machine = machine;
    }

    /** A figure of merit that has a target, such as a ratio. */
    void result(String key, Spread spread, Target target) {
        results.add(new Result(key, spread, target));
    }

    /** A measurement behind the results: what, in what unit, of which contender. */
    void figure(String key, String unit, String contender, Spread spread) {
        figures.add(new Figure(key, unit, contender, spread));
    }

    void figure(String key, String unit, String contender, double value) {
        figure(key, unit, contender, Spread.of(value));
    }

    /** The rates of all contenders. */
    void figures(String key, String unit, Rates rates) {
        rates.rounds().keySet().forEach(contender -> figure(key, unit, contender, rates.of(contender)));
    }

    /** A sentence that the reader of the table needs. */
    void note(String sentence) {
        notes.add(sentence);
    }

    String table() {
        StringBuilder text = new StringBuilder(machine.text()).append("\n\n");
        text.append(TextTable.align(resultRows())).append('\n');
        text.append(TextTable.align(figureRows()));
        notes.forEach(note -> text.append('\n').append(note));
        return text.toString().stripTrailing();
    }

    private List<List<String>> resultRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("result", "median", "min", "max", "target", "met"));
        for (Result result : results) {
            Spread spread = result.spread();
            String met = result.target().isMetBy(spread.median()) ? "yes" : "no";
            rows.add(row(result.key(), spread, result.target().toString(), met));
        }
        return rows;
    }

    private List<List<String>> figureRows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "median", "min", "max"));
        figures.forEach(figure -> rows.add(row(figure.label(), figure.spread())));
        return rows;
    }

    private static List<String> row(String label, Spread spread, String... more) {
        List<String> row =
                new ArrayList<>(List.of(label, number(spread.median()), number(spread.min()), number(spread.max())));
        row.addAll(List.of(more));
        return row;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }

    /** Writes {@code {"machine": …, "ratios": {KEY: MEDIAN}, "spreads": {KEY: …}, "figures": {LABEL: …}, "notes": […]}}. */
    void writeJson(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json());
    }

    private Map<String, Object> json() {
        Map<String, Object> ratios = new LinkedHashMap<>();
        Map<String, Object> spreads = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Result result : results) {
            ratios.put(result.key(), result.spread().median());
            spreads.put(result.key(), result.spread());
        }
        figures.forEach(figure -> values.put(figure.label(), figure.spread()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("ratios", ratios);
        json.put("spreads", spreads);
        json.put("figures", values);
        json.put("notes", notes);
        return json;
    }
}
