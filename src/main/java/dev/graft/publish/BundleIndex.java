package dev.graft.publish;

import dev.graft.storage.FileDigest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code bundle.json}.
 *
 * @param format version of the bundle's format; {@link #FORMAT} is the newest this release reads
 * @param version id of the model's version
 * @param files every other file of the bundle by name
 */
record BundleIndex(int format, String version, SortedMap<String, FileDigest> files) {
    static final int FORMAT = 1;

    BundleIndex {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
