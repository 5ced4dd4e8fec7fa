package dev.graft.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Items per second of each contender, alternation by alternation.
 *
 * @param rounds by contender; the arrays have the same length
 */
record Rates(Map<String, double[]> rounds) {

    Rates {
        rounds = new LinkedHashMap<>(rounds);
    }

    Spread of(String contender) {
        return Spread.of(rates(contender));
    }

    /** How many times as fast one is as another: the ratio of each alternation counts once. */
    Spread ratio(String contender, String other) {
        return ratio(rates(contender), rates(other));
    }

    /** The ratio of rates, alternation by alternation. */
    static Spread ratio(double[] rates, double... others) {
        double[] ratios = new double[rates.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = rates[i] / others[i];
        }
        return Spread.of(ratios);
    }

    /**
     * Items per second of what a larger job has beyond a smaller one: what either costs once is in neither.
     *
     * @param items of the smaller job, then of the larger
     */
    double[] further(String smaller, String larger, int... items) {
        double[] slower = rates(smaller);
        double[] faster = rates(larger);
        double[] rates = new double[slower.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (items[1] - items[0]) / (items[1] / faster[i] - items[0] / slower[i]);
        }
        return rates;
    }

    /** Which of some contenders has the highest median. */
    String fastest(Collection<String> contenders) {
        return contenders.stream()
                .max(Comparator.comparingDouble(contender -> of(contender).median()))
                .orElseThrow();
    }

    double[] rates(String contender) {
        return Objects.requireNonNull(rounds.get(contender), contender);
    }
}
