/** Versioned model bundles: written whole, published by replacing one pointer, verified when they are read. */
@NullMarked
package dev.graft.publish;

import org.jspecify.annotations.NullMarked;
