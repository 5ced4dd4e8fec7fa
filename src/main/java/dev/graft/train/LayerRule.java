package dev.graft.train;

import dev.graft.base.TrainableRules;
import dev.graft.settings.Section;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What fine-tuning does with the layers that a rule matches.
 *
 * @param rule which layers, and whether they train
 * @param learningRate of Adam for them; 0 where they are frozen
 */
public record LayerRule(TrainableRules.Rule rule, double learningRate) {
    private static final String MATCH = "match";
    private static final String FROZEN = "frozen";
    private static final String LEARNING_RATE = "learning-rate";
    private static final LayerRule NOTHING = frozen(Pattern.compile(""));

    static LayerRule frozen(Pattern match) {
        return new LayerRule(new TrainableRules.Rule(match, false), 0);
    }

    static LayerRule trainable(Pattern match, double learningRate) {
        return new LayerRule(new TrainableRules.Rule(match, true), learningRate);
    }

    static LayerRule from(Section entry) {
        Optional<Pattern> match = pattern(entry);
        Optional<String> frozen = entry.optionalText(FROZEN);
        Optional<String> learningRate = entry.optionalText(LEARNING_RATE);
        if (frozen.isPresent() == learningRate.isPresent()) {
            entry.reject(
                    frozen.isPresent() ? LEARNING_RATE : FROZEN, "expected either frozen = true or a learning-rate");
            return NOTHING;
        }
        if (frozen.isPresent()) {
            if (!frozen.get().equals("true")) {
                entry.reject(FROZEN, "expected true; layers that train have a learning-rate instead");
            }
            return match.map(LayerRule::frozen).orElse(NOTHING);
        }
        OptionalDouble rate = positive(learningRate.orElseThrow());
        if (rate.isEmpty()) {
            entry.reject(
                    LEARNING_RATE, "expected a number above 0; write frozen = true for layers that must not train");
        }
        return match.map(pattern -> trainable(pattern, rate.orElse(1))).orElse(NOTHING);
    }

    private static Optional<Pattern> pattern(Section entry) {
        try {
            return Optional.of(Pattern.compile(entry.text(MATCH)));
        } catch (PatternSyntaxException e) {
            entry.reject(MATCH, "expected a regular expression; " + e.getDescription());
            return Optional.empty();
        }
    }

    private static OptionalDouble positive(String number) {
        try {
            double value = Double.parseDouble(number);
            return value > 0 && value <= 10 ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // refused with what is expected
        }
    }
}
