/** Activations at the cut, computed once, stored in Parquet under a fingerprint. */
@NullMarked
package dev.graft.features;

import org.jspecify.annotations.NullMarked;
