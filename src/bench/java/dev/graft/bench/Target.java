package dev.graft.bench;

/**
 * What a result is to reach.
 *
 * @param value the least or the most
 * @param atMost whether it is the most
 */
record Target(double value, boolean atMost) {

    static Target atLeast(double value) {
        return new Target(value, false);
    }

    static Target atMost(double value) {
        return new Target(value, true);
    }

    boolean isMetBy(double result) {
        return atMost ? result <= value : result >= value;
    }

    @Override
    public String toString() {
        return (atMost ? "at most " : "at least ") + value;
    }
}
