package dev.graft.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Makes sure that contenders compute the same before their time counts. */
final class Agreement {
    /** Largest difference allowed, relative to the largest magnitude. */
    private static final double TOLERANCE = 1e-3;

    private Agreement() {}

    /** Compares the outputs of all contenders with the first one's; contenders without output are let pass. */
    static void check(List<ContenderProcess> contenders, Progress progress) throws IOException {
        check(contenders, TOLERANCE, progress);
    }

    /** @param tolerance largest difference allowed, relative to the largest magnitude */
    static void check(List<ContenderProcess> contenders, double tolerance, Progress progress) throws IOException {
        ContenderProcess first = contenders.get(0);
        float[] expected = first.output();
        for (ContenderProcess other : contenders.subList(1, contenders.size())) {
            float[] found = other.output();
            if (found.length > 0) {
                double difference = difference(first.name(), expected, other.name(), found, tolerance);
                progress.say(String.format(
                        Locale.ROOT, "%s agrees with %s: %.1e apart", other.name(), first.name(), difference));
            }
        }
    }

    /** Largest difference relative to the largest magnitude; what exceeds the tolerance is an error. */
    static double difference(String name, float[] expected, String otherName, float[] found) {
        return difference(name, expected, otherName, found, TOLERANCE);
    }

    private static double difference(String name, float[] expected, String otherName, float[] found, double tolerance) {
        String pair = "Contenders " + name + " and " + otherName + " disagree: ";
        if (expected.length != found.length) {
            throw new BenchmarkException(pair + expected.length + " values and " + found.length);
        }
        double magnitude = Float.MIN_NORMAL;
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            magnitude = Math.max(magnitude, Math.abs(expected[i]));
            if (!(Math.abs(expected[i] - found[i]) <= Math.abs(expected[worst] - found[worst]))) {
                worst = i;
            }
        }
        double difference = Math.abs(expected[worst] - found[worst]) / magnitude;
        if (!(difference <= tolerance)) {
            throw new BenchmarkException(pair + "value " + worst + " of " + expected.length + " is " + expected[worst]
                    + " and " + found[worst] + ", where the largest is " + magnitude);
        }
        return difference;
    }
}
