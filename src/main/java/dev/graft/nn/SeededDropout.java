package dev.graft.nn;

import dev.graft.settings.Seeds;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code Dropout} (kept values are divided by the share that is kept) whose mask is a function of the seed and
 * of the iteration alone, so that a retried task drops what the first attempt dropped.
 */
public final class SeededDropout implements IDropout {
    private static final long serialVersionUID = 1;

    private final double rate;
    private final long seed;
    private transient @Nullable INDArray mask;

    /** @param rate share of the inputs that is dropped, 0 up to but not 1 */
    public SeededDropout(@JsonProperty("rate") double rate, @JsonProperty("seed") long seed) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Invalid dropout rate: " + rate + " (0 up to but not 1)");
        }
        this.rate = rate;
        this.seed = seed;
    }

    @JsonProperty("rate")
    public double rate() {
        return rate;
    }

    @JsonProperty("seed")
    public long seed() {
        return seed;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        float[] factors = new float[Math.toIntExact(input.length())];
        long start = Seeds.mix(seed, iteration);
        long dropped = Math.round(rate * (1L << Integer.SIZE));
        float kept = (float) (1 / (1 - rate));
        for (int i = 0; i < factors.length; i++) {
            factors[i] = Seeds.draw(start, i) >>> Integer.SIZE < dropped ? 0 : kept;
        }
        INDArray drawn = mask;
        if (drawn == null || !drawn.equalShapes(input)) {
            try (MemoryWorkspace own = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                drawn = Nd4j.createUninitialized(DataType.FLOAT, input.shape());
            }
            mask = drawn;
        }
        FloatArrays.set(drawn, factors);
        return input.muli(drawn, result);
    }

    @Override
    public INDArray backprop(INDArray epsilon, INDArray inputGradient, int iteration, int epoch) {
        if (mask == null) {
            throw new IllegalStateException("Cannot back-propagate through dropout before its forward pass");
        }
        return epsilon.muli(mask, inputGradient);
    }

    @Override
    public void clear() {
        mask = null;
    }

    @Override
    public SeededDropout clone() {
        return new SeededDropout(rate, seed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeededDropout that && Double.compare(rate, that.rate) == 0 && seed == that.seed;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seed) * 31 + Double.hashCode(rate);
    }
}
