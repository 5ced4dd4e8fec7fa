package dev.graft.manifest;

import java.util.List;

/**
 * What a directory of images became.
 *
 * @param images the images in the manifest
 * @param notImages files in the directory that are hidden or have no image's suffix
 * @param outsideClasses images that lie in no class folder
 */
public record ManifestSummary(ImageCounts images, Skipped notImages, Skipped outsideClasses) {

    /**
     * Files that are not in the manifest.
     *
     * @param examples the uris of the first few
     */
    public record Skipped(long files, List<String> examples) {}
}
