package dev.graft.base;

import dev.graft.settings.InvalidInputException;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the layer at which a base is cut from the name of a layer or of a block. */
final class Cut {
    private Cut() {}

    static String resolve(String cut, Sketch sketch, Architecture architecture) {
        if (sketch.nodes().containsKey(cut)) {
            return cut;
        }
        return sketch.nodes().entrySet().stream()
                .filter(node -> node.getValue().block().equals(cut))
                .map(Map.Entry::getKey)
                .reduce((first, second) -> second)
                .orElseThrow(() -> new InvalidInputException("Invalid base.cut: " + cut + " (" + architecture.id()
                        + " has no such layer or block; its blocks are " + blocks(sketch) + ")"));
    }

    private static String blocks(Sketch sketch) {
        return sketch.nodes().values().stream()
                .map(Sketch.Node::block)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
