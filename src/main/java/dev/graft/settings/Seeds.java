package dev.graft.settings;

/** Seeds for streams of random numbers that must not resemble each other. */
public final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** A seed that each of the parts shapes; scrambled, so that parts that differ by one give unrelated seeds. */
    public static long mix(long... parts) {
        long mixed = 0;
        for (long part : parts) {
            mixed = scramble(mixed + GOLDEN + part);
        }
        return mixed;
    }

    /** The number at an index of the stream that a seed starts, the one SplitMix64 would give there. */
    public static long draw(long seed, long index) {
        return scramble(seed + (index + 1) * GOLDEN);
    }

    /** The finalizer of SplitMix64 (Steele 2014, doi 10.1145/2660193.2660195). */
    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
