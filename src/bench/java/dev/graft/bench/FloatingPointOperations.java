package dev.graft.bench;

import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.nn.KerasLayer;
import dev.graft.nn.Weight;

/** Counts what a base computes, by its layers: two operations for each multiplication of an activation with a weight. */
final class FloatingPointOperations {
    private static final int KERNEL_DIMENSIONS = 4;

    private FloatingPointOperations() {}

    /** Operations of the convolutions for one image. */
    static double perImage(Layout layout) {
        double operations = 0;
        for (LayerEntry entry : layout.layers()) {
            if (entry.layer() instanceof KerasLayer layer) {
                double pixels = (double) entry.outputShape().get(0)
                        * entry.outputShape().get(1);
                for (Weight weight : layer.weights()) {
                    operations += weight.shape().length == KERNEL_DIMENSIONS ? 2 * pixels * weight.count() : 0;
                }
            }
        }
        return operations;
    }
}
