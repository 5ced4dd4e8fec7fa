/** Heads, end-to-end training and fine-tuning. */
@NullMarked
package dev.graft.train;

import org.jspecify.annotations.NullMarked;
