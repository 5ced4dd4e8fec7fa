package dev.graft.manifest;

import dev.graft.manifest.ManifestSummary.Skipped;
import java.util.Collection;
import java.util.TreeSet;

/** Counts files and keeps the first few names. */
final class SkippedFiles {
    static final int EXAMPLES = 3;

    private final TreeSet<String> examples = new TreeSet<>();
    private long files;

    void add(String uri) {
        files++;
        keep(uri);
    }

    void addAll(long count, Collection<String> first) {
        files += count;
        first.forEach(this::keep);
    }

    Skipped skipped() {
        return new Skipped(files, examples.stream().toList());
    }

    private void keep(String uri) {
        examples.add(uri);
        if (examples.size() > EXAMPLES) {
            examples.pollLast();
        }
    }
}
