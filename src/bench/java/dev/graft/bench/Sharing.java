package dev.graft.bench;

import java.util.List;

/**
 * How a contender shares the cores.
 *
 * @param calls made at once
 * @param threads that compute one call
 */
record Sharing(int calls, int threads) {

    /** The two ways that keep every core busy. */
    static List<Sharing> ways(int cores) {
        return cores == 1 ? List.of(oneCall(1)) : List.of(oneCall(cores), oneCallPerCore(cores));
    }

    static Sharing oneCall(int cores) {
        return new Sharing(1, cores);
    }

    static Sharing oneCallPerCore(int cores) {
        return new Sharing(cores, 1);
    }

    /** Such as {@code 2x1}: two calls of one thread each. */
    @Override
    public String toString() {
        return calls + "x" + threads;
    }
}
