package dev.graft.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of the benchmark is asked to do.
 *
 * @param only keys of the results wanted; empty for all
 * @param alternations how many times contenders take turns
 * @param images directory with photos; absent to draw some
 * @param weights Keras HDF5 file with the weights of Xception; absent for random weights
 * @param cut the layer or block after which the base ends; absent for its own end
 * @param root of the source tree
 * @param work directory for what one process leaves for another, deleted at the end
 */
record BenchSettings(
        Set<String> only,
        int alternations,
        Optional<Path> images,
        Optional<Path> weights,
        Optional<String> cut,
        Path root,
        Path work) {

    BenchSettings {
        only = Set.copyOf(only);
    }

    boolean wants(String key) {
        return only.isEmpty() || only.contains(key);
    }

    /** Processors that this JVM, and so every contender's, may use. */
    int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
