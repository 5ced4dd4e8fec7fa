package dev.graft.manifest;

import java.util.List;

/**
 * What a directory of images became.
 *
 * @param images the images in the manifest
 * @param notes what is in the directory and not in the manifest, and why
 */
public record ManifestSummary(ImageCounts images, List<ListingNote> notes) {}
