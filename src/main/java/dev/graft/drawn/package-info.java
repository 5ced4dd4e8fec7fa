/** The pictures that Graft draws itself: shapes to pretrain the bundled base on, and cats and dogs for the demo. */
@NullMarked
package dev.graft.drawn;

import org.jspecify.annotations.NullMarked;
