package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** JSON with one part of its structure changed: a value of another type, or gone, or twice, or of an absurd size. */
public final class DamagedJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DamagedJson() {}

    public static JsonNode damaged(JsonNode whole, Random random) {
        JsonNode copy = whole.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        if (containers.isEmpty() || random.nextInt(20) == 0) {
            return odd(copy, random);
        }
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, odd(object.get(name), random));
            }
        } else {
            ArrayNode array = (ArrayNode) container;
            int index = random.nextInt(array.size());
            if (random.nextInt(4) == 0) {
                array.add(array.get(index));
            } else {
                array.set(index, odd(array.get(index), random));
            }
        }
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }

    private static JsonNode odd(JsonNode before, Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(Integer.MAX_VALUE);
            case 3 -> NODES.numberNode(Long.MIN_VALUE);
            case 4 -> NODES.numberNode(1e300);
            case 5 -> NODES.textNode("\u001B[31m");
            case 6 -> NODES.objectNode();
            case 7 -> NODES.arrayNode();
            case 8 -> NODES.arrayNode().add(before);
            default -> deep(random.nextInt(5_000));
        };
    }

    private static JsonNode deep(int levels) {
        JsonNode node = NODES.nullNode();
        for (int i = 0; i < levels; i++) {
            node = NODES.arrayNode().add(node);
        }
        return node;
    }
}
