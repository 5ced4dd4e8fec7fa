package dev.graft.manifest;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The names of a CSV manifest's columns, which all of its files must have in one order. */
final class CsvHeader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MOST_COLUMNS = 20_480;

    private CsvHeader() {}

    /** The names as they are written; none where all files are empty. */
    static List<String> of(FileSystem storage, ManifestParts parts) throws IOException {
        Path first = parts.manifest();
        List<String> names = List.of();
        for (Path file : parts.files()) {
            List<String> others = of(storage, file);
            if (names.isEmpty()) {
                first = file;
                names = others;
            } else if (!others.isEmpty() && !names.equals(others)) {
                throw new InvalidInputException(
                        "Invalid manifest: %s (the columns of its files differ: %s has %s, %s has %s; give all the same, in one order)"
                                .formatted(
                                        parts.manifest(),
                                        first.getName(),
                                        shown(names),
                                        file.getName(),
                                        shown(others)));
            }
        }
        return names;
    }

    private static String shown(List<String> names) {
        return String.join(",", names);
    }

    private static List<String> of(FileSystem storage, Path file) throws IOException {
        CsvParser parser = new CsvParser(settings());
        try (Reader text = new InputStreamReader(ManifestParts.open(storage, file), StandardCharsets.UTF_8)) {
            return first(parser, text);
        }
    }

    /** The parser stops before its input is closed, which it would take for a fault. */
    private static List<String> first(CsvParser parser, Reader text) {
        try {
            parser.beginParsing(text);
            String[] names = parser.parseNext();
            return names == null ? List.of() : withoutMark(names);
        } finally {
            parser.stopParsing();
        }
    }

    /** Those with which Spark reads the header; whatever is empty is an empty name. */
    private static CsvParserSettings settings() {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setQuoteEscape('"');
        settings.getFormat().setComment('\0');
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setReadInputOnSeparateThread(false); // a line is all that is read
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_COLUMNS);
        settings.setNullValue("");
        settings.setEmptyValue("");
        return settings;
    }

    private static List<String> withoutMark(String... names) {
        if (names.length > 0 && names[0].startsWith(BYTE_ORDER_MARK)) {
            names[0] = names[0].substring(BYTE_ORDER_MARK.length());
        }
        return List.copyOf(Arrays.asList(names));
    }
}
