package dev.graft.base;

import dev.graft.settings.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ordered rules on which layers train, the first match wins; Keras' {@code trainable}, which on a block holds for every
 * layer in it. A layer that no rule matches is an error.
 */
public final class TrainableRules {
    /**
     * One rule.
     *
     * @param match a regular expression that the whole name of a layer or of its block must match
     * @param trainable whether the layers it matches train
     */
    public record Rule(Pattern match, boolean trainable) {
        public static Rule of(String match, boolean trainable) {
            return new Rule(Pattern.compile(match), trainable);
        }

        boolean matches(LayerEntry layer) {
            return match.matcher(layer.name()).matches()
                    || match.matcher(layer.block()).matches();
        }
    }

    private final List<Rule> rules;

    public TrainableRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Every layer of the base is frozen. */
    public static TrainableRules allFrozen() {
        return new TrainableRules(List.of(Rule.of(".*", false)));
    }

    /** Every layer of the base trains. */
    public static TrainableRules allTrainable() {
        return new TrainableRules(List.of(Rule.of(".*", true)));
    }

    public boolean trainable(LayerEntry layer) {
        return rules.get(indexOf(layer)).trainable();
    }

    /** Which rule, from zero, decides on a layer. */
    public int indexOf(LayerEntry layer) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(layer)) {
                return i;
            }
        }
        throw new InvalidInputException("Cannot tell whether layer " + layer.name() + " of block " + layer.block()
                + " trains: no rule matches it; end the rules with one that matches \".*\"");
    }

    /**
     * Refuses rules that say nothing about a network.
     *
     * @param setting that the rules stand in
     * @throws InvalidInputException when one matches no layer and no block, or none that an earlier one does not match
     */
    public void requireMatches(List<LayerEntry> layers, String setting) {
        for (int i = 0; i < rules.size(); i++) {
            int index = i;
            List<LayerEntry> matched =
                    layers.stream().filter(rules.get(i)::matches).toList();
            if (matched.isEmpty()) {
                String blocks =
                        layers.stream().map(LayerEntry::block).distinct().collect(Collectors.joining(", "));
                throw invalid(setting, i, "it is the whole name of no layer and no block; blocks: " + blocks);
            }
            if (matched.stream().noneMatch(layer -> indexOf(layer) == index)) {
                throw invalid(setting, i, "every layer that it matches is matched by an earlier rule; put it first");
            }
        }
    }

    private InvalidInputException invalid(String setting, int index, String reason) {
        return new InvalidInputException(String.format(
                Locale.ROOT,
                "Invalid %s[%d].match: '%s' (%s)",
                setting,
                index,
                rules.get(index).match(),
                reason));
    }

    /** Keras' trainable weights of a layer under these rules, in values. */
    public long trainableWeights(LayerEntry layer) {
        return trainable(layer) ? layer.trainableWeights() : 0;
    }

    /** Keras' non-trainable weights of a layer under these rules, in values; batch norm statistics always count. */
    public long nonTrainableWeights(LayerEntry layer) {
        return layer.statistics() + (trainable(layer) ? 0 : layer.trainableWeights());
    }
}
