package dev.graft.features;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;

/**
 * How features are extracted.
 *
 * @param batch images in one forward pass
 * @param shardImages images after which results are committed to the store
 * @param taskImages images in one Spark task, at most
 * @param views of each image whose features are stored
 */
public record ExtractSettings(int batch, int shardImages, int taskImages, int views) {
    private static final int MOST_VIEWS = 1000;

    public static ExtractSettings from(Settings settings) {
        Section extract = settings.section("extract");
        return new ExtractSettings(
                extract.count("batch", 1, 4096),
                extract.count("shard-images", 1, Integer.MAX_VALUE),
                extract.count("task-images", 1, Integer.MAX_VALUE),
                extract.count("views", 1, MOST_VIEWS));
    }
}
