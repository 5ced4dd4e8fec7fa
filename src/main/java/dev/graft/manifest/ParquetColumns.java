package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.SparkSession;

/** The names of a Parquet manifest's columns, which all of its files must have; in any order, upper and lower case aside. */
final class ParquetColumns {
    private ParquetColumns() {}

    /**
     * Looks into all files, on the executors.
     *
     * @throws InvalidInputException if their columns differ
     */
    static void requireSame(SparkSession spark, ManifestParts parts) throws IOException {
        List<Path> files = new ArrayList<>(parts.files());
        Configuration hadoop = spark.sessionState().newHadoopConf();
        while (files.size() > 1) {
            Path first = files.remove(0);
            List<String> names = of(first, hadoop);
            if (!names.isEmpty()) {
                for (String other : others(spark, files, names)) {
                    refuse(parts, first, names, new Path(other), of(new Path(other), hadoop));
                }
                return;
            }
        }
    }

    private static void refuse(
            ManifestParts parts, Path first, List<String> names, Path other, List<String> otherNames) {
        throw new InvalidInputException(
                "Invalid manifest: %s (the columns of its files differ: %s has %s, %s has %s; give all the same)"
                        .formatted(
                                parts.manifest(),
                                first.getName(),
                                ShownText.name(String.join(",", names)),
                                other.getName(),
                                ShownText.name(String.join(",", otherNames))));
    }

    /** The first of the files that have other columns; none where all have these. */
    private static List<String> others(SparkSession spark, List<Path> files, List<String> names) {
        return ParquetPart.first(spark, files, (file, hadoop) -> {
            List<String> others = of(file, hadoop);
            return others.isEmpty() || anyCase(names).equals(anyCase(others)) ? List.of() : List.of(file.toString());
        });
    }

    private static Set<String> anyCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** None where the file is empty, which Spark passes over. */
    private static List<String> of(Path file, Configuration hadoop) throws IOException {
        ParquetPart part = ParquetPart.of(file, hadoop);
        if (part.getLength() == 0) {
            return List.of();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(part)) {
            return reader.getFileMetaData().getSchema().getFields().stream()
                    .map(Type::getName)
                    .toList();
        }
    }
}
