/** A network as a program: the layers fused into oneDNN's or ND4J's operations, forward, and trained from the cut on. */
@NullMarked
package dev.graft.compiled;

import org.jspecify.annotations.NullMarked;
