package dev.graft.compiled;

import org.jspecify.annotations.Nullable;

/**
 * A step that does in one go what were up to three: an operation, an addition to what another step gave, and an
 * activation.
 *
 * @param operation what it does first
 * @param accumulates whether the result is added to the second input, in that input's memory
 * @param activation what is done to the result, or null
 * @param shape shape of one image's output
 * @param inputs the fused steps whose outputs it reads, {@link Step#NETWORK_INPUT} being the network's input
 */
record FusedStep(
        Operation operation, boolean accumulates, Operation.@Nullable Relu activation, long[] shape, int... inputs) {}
