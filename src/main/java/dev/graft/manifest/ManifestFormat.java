package dev.graft.manifest;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file formats of a manifest, told by suffix. */
enum ManifestFormat {
    CSV("\\.csv(\\.gz)?"),
    JSON_LINES("\\.jsonl?(\\.gz)?"),
    PARQUET("\\.parquet");

    private final Pattern name;

    ManifestFormat(String suffix) {
        this.name = Pattern.compile(".+" + suffix, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static Optional<ManifestFormat> ofName(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name.matcher(name).matches())
                .findFirst();
    }
}
