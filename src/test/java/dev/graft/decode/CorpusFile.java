package dev.graft.decode;

import dev.graft.SharedReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One odd file of the reference corpus, with what TensorFlow made of it. */
record CorpusFile(Path path, Map<String, String> columns) {
    private static final String CORPUS = "decoder-corpus";

    static List<CorpusFile> all() throws IOException {
        Path corpus = SharedReference.path(CORPUS);
        List<String> lines = Files.readAllLines(corpus.resolve("corpus.csv"));
        List<String> names = split(lines.get(0));
        List<CorpusFile> files = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> values = split(line);
            Map<String, String> columns = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                columns.put(names.get(i), values.get(i));
            }
            files.add(new CorpusFile(corpus.resolve("files").resolve(values.get(0)), columns));
        }
        return files;
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(path);
    }

    String name() {
        return column("file");
    }

    boolean is(String format) {
        return column("format").equals(format);
    }

    String special() {
        return column("special");
    }

    boolean hasFeature(String feature) {
        return List.of(special().split("; ", -1)).contains(feature);
    }

    boolean isCmyk() {
        return hasFeature("4-component(CMYK/YCCK)");
    }

    boolean isAccepted() {
        return column("tf").equals("ok");
    }

    /** Too large to be decoded for the reference. */
    boolean isHuge() {
        return column("tf").startsWith("not run");
    }

    String shape() {
        return column("tf_shape");
    }

    String sha256() {
        return column("tf_rgb_sha256");
    }

    double[] meanColour() {
        String[] parts = column("tf_mean_rgb").split(" ", -1);
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])};
    }

    private String column(String name) {
        return columns.getOrDefault(name, "");
    }

    /** Values may be quoted; then they may have commas, and quotes doubled. */
    private static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
