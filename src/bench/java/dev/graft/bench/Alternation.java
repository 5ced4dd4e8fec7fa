package dev.graft.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Lets contenders take turns, so that whatever else the machine does meets them alike: one round each to warm up, then
 * one round each for every alternation. While one computes, the others wait for their input.
 */
final class Alternation {
    private final int alternations;
    private final Progress progress;

    Alternation(int alternations, Progress progress) {
        this.alternations = alternations;
        this.progress = progress;
    }

    /** @param unit of the rates, for progress */
    Rates run(List<? extends Measured> contenders, String unit) throws IOException {
        Map<String, double[]> rounds = new LinkedHashMap<>();
        for (Measured contender : contenders) {
            rounds.put(contender.name(), new double[alternations]);
            if (contender.warmsUp()) {
                say("warm-up", contender, contender.rate(), unit);
            }
        }
        for (int i = 0; i < alternations; i++) {
            for (Measured contender : contenders) {
                double rate = contender.rate();
                Objects.requireNonNull(rounds.get(contender.name()))[i] = rate;
                say("alternation " + (i + 1) + " of " + alternations, contender, rate, unit);
            }
        }
        return new Rates(rounds);
    }

    private void say(String what, Measured contender, double rate, String unit) {
        progress.say(String.format(Locale.ROOT, "%s: %s %.4g %s", what, contender.name(), rate, unit));
    }
}
