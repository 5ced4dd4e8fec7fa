package dev.graft.manifest;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many images there are of each label in each split.
 *
 * @param bySplit counts by label; a label without images is absent
 */
public record ImageCounts(Map<Split, SortedMap<String, Long>> bySplit) {
    /** The column that {@link #ofRows} takes the counts from. */
    static final String IMAGES = "images";

    /**
     * Counts in one Spark job.
     *
     * @param images rows with label and split, every label known
     */
    public static ImageCounts of(Dataset<Row> images) {
        return ofRows(images.groupBy(ManifestColumns.SPLIT, ManifestColumns.LABEL)
                .agg(functions.count(functions.lit(1)).as(IMAGES))
                .collectAsList());
    }

    /** Adds up rows with the columns split, label and images. */
    static ImageCounts ofRows(Collection<Row> rows) {
        Map<Split, SortedMap<String, Long>> bySplit = new EnumMap<>(Split.class);
        for (Row row : rows) {
            long images = row.<Long>getAs(IMAGES);
            if (images > 0) {
                bySplit.computeIfAbsent(Split.ofColumnValue(row.getAs(ManifestColumns.SPLIT)), split -> new TreeMap<>())
                        .merge(row.getAs(ManifestColumns.LABEL), images, Long::sum);
            }
        }
        return new ImageCounts(bySplit);
    }

    /** The counts by label in one split. */
    public SortedMap<String, Long> in(Split split) {
        return bySplit.getOrDefault(split, Collections.emptySortedMap());
    }

    public long count(Split split, String label) {
        return in(split).getOrDefault(label, 0L);
    }

    public long count(Split split) {
        return sum(in(split).values());
    }

    public long total() {
        return bySplit.values().stream()
                .mapToLong(byLabel -> sum(byLabel.values()))
                .sum();
    }

    /** The labels that have images in any split, sorted. */
    public List<String> labels() {
        return bySplit.values().stream()
                .flatMap(byLabel -> byLabel.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
