/** The one session builder, and what jobs say of themselves: descriptions, counters, progress. */
@NullMarked
package dev.graft.spark;

import org.jspecify.annotations.NullMarked;
