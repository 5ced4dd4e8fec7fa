package dev.graft.compiled;

/**
 * A step of a compiled network.
 *
 * @param operation what it does
 * @param shape shape of one image's output
 * @param inputs the steps whose outputs it reads, -1 being the network's input
 */
public record Step(Operation operation, long[] shape, int... inputs) {
    /** The step that stands for the network's input. */
    public static final int NETWORK_INPUT = -1;

    /** What stands for a step in a list of what stands for each; the network's input stands for itself. */
    static int lookUp(int step, int... each) {
        return step == NETWORK_INPUT ? step : each[step];
    }

    long valuesPerImage() {
        return values(shape);
    }

    public static long values(long... shape) {
        long values = 1;
        for (long size : shape) {
            values *= size;
        }
        return values;
    }
}
