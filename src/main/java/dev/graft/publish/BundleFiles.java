package dev.graft.publish;

/** The files of a bundle. */
final class BundleFiles {
    static final String NETWORK = "network.zip";
    static final String LABELS = "labels.json";
    static final String PREPROCESSING = "preprocessing.json";
    static final String SETTINGS = "settings.conf";
    static final String METRICS = "metrics.json";
    static final String HISTORY = "history.jsonl";
    static final String PROVENANCE = "provenance.json";

    /** Lists the others with their digests; written last. */
    static final String INDEX = "bundle.json";

    private BundleFiles() {}
}
