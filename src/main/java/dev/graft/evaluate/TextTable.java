package dev.graft.evaluate;

import dev.graft.settings.ShownText;
import java.util.List;

/** Rows of cells as lines of aligned columns: the first to the left, the others to the right; a cell is a name. */
public final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /** Rows of as many cells each; every line ends. */
    public static String align(List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(ShownText::name).toList())
                .toList();
        int[] widths = widths(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - width(row.get(i)));
                text.append(i == 0 ? row.get(i) + padding : GAP + padding + row.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
