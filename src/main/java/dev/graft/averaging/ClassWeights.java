package dev.graft.averaging;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keras' {@code class_weight}: by what the loss of each class's examples is multiplied.
 *
 * @param balanced whether it is such that all classes weigh the same together
 * @param given by label; a label that is not there weighs one
 */
public record ClassWeights(boolean balanced, Map<String, Double> given) {
    static final ClassWeights NONE = new ClassWeights(false, Map.of());

    private static final String BALANCED = "balanced";
    private static final String EXPECTED = "expected [], [balanced] or a list such as [\"cat=1\", \"dog=2.5\"]";

    public ClassWeights {
        given = Map.copyOf(given);
    }

    static ClassWeights from(Section section, String key) {
        List<String> texts = section.texts(key);
        if (texts.equals(List.of(BALANCED))) {
            return new ClassWeights(true, Map.of());
        }
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.lastIndexOf('=');
            double weight = equals < 1 ? -1 : number(text.substring(equals + 1));
            if (!(weight > 0 && Double.isFinite(weight))) {
                section.reject(key, EXPECTED);
                return NONE;
            }
            String label = text.substring(0, equals).strip();
            if (weights.put(label, weight) != null) {
                section.reject(key, "expected one weight for each class, and " + label + " has two");
                return NONE;
            }
        }
        return new ClassWeights(false, weights);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return -1; // refused with what is expected
        }
    }

    /**
     * A weight for each class, in the order of the classes; null where all weigh one.
     *
     * @param counts training examples of each class; balanced weights are {@code examples / (classes * count)}
     */
    public double @Nullable [] of(Classes classes, long... counts) {
        List<String> labels = classes.labels();
        for (String label : given.keySet()) {
            if (!labels.contains(label)) {
                throw new InvalidInputException("Invalid class-weights of head or fine-tune: there is no class " + label
                        + " (the classes are " + labels + ")");
            }
        }
        if (!balanced && given.isEmpty()) {
            return null;
        }
        long examples = 0;
        for (long count : counts) {
            examples += count;
        }
        double[] weights = new double[counts.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = balanced
                    ? (double) examples / (counts.length * Math.max(1, counts[i]))
                    : given.getOrDefault(labels.get(i), 1.0);
        }
        return weights;
    }
}
