/** The joined network, from raw pixels to a table of predictions. */
@NullMarked
package dev.graft.predict;

import org.jspecify.annotations.NullMarked;
