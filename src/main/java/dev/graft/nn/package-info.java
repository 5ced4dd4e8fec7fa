/** Keras' layers as DL4J layers, on ND4J's own NHWC kernels with Keras' weights, and losses from logits. */
@NullMarked
package dev.graft.nn;

import org.jspecify.annotations.NullMarked;
