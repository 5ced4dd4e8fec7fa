/** The benchmark: Graft against others on the same weights, inputs and cores, each contender in a JVM of its own. */
@NullMarked
package dev.graft.bench;

import org.jspecify.annotations.NullMarked;
