/** DL4J layers on ND4J's own NHWC kernels with Keras' weights, losses from logits, and the compiled forward pass. */
@NullMarked
package dev.graft.nn;

import org.jspecify.annotations.NullMarked;
