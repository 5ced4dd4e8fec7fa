/** Training on Spark: the head on stored features by parameter averaging, the joined network, and its predictions. */
@NullMarked
package dev.graft.train;

import org.jspecify.annotations.NullMarked;
