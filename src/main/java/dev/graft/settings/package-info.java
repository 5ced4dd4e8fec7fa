/** Typed settings from HOCON: every problem is reported at once, unknown keys are refused and the nearest suggested. */
@NullMarked
package dev.graft.settings;

import org.jspecify.annotations.NullMarked;
