package dev.graft.train;

import java.util.SplittableRandom;

/** Orders drawn at random. */
final class Shuffle {
    private Shuffle() {}

    /** The numbers below a count in an order that the seed alone decides: Fisher and Yates' shuffle. */
    static int[] of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
