package dev.graft.drawn;

import java.util.List;
import java.util.Random;

/** Seeded choices, drawn from {@link Random} because its sequence is fixed by specification. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** Dice of one picture: each of the three arguments shapes every throw. */
    static Dice of(DrawnClass drawn, long seed, int index) {
        return new Dice(scramble(scramble(scramble(seed) + drawn.label().hashCode()) + index));
    }

    /** Independent dice, so that one part of a picture may throw more or fewer without changing the others. */
    Dice fork() {
        return new Dice(scramble(random.nextLong()));
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A whole number from low to high, both included. */
    int count(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double gaussian() {
        return random.nextGaussian();
    }

    /** Left or right: -1 or 1. */
    int side() {
        return random.nextBoolean() ? 1 : -1;
    }

    double angle() {
        return between(0, 2 * Math.PI);
    }

    int bits() {
        return random.nextInt();
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), which spreads neighbouring seeds apart. */
    private static long scramble(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
