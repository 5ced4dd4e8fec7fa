/** Bytes to fixed-size pixels, or a reason why not. */
@NullMarked
package dev.graft.decode;

import org.jspecify.annotations.NullMarked;
