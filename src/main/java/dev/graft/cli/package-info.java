/** Arguments in, exit code out; the only place that prints or exits. */
@NullMarked
package dev.graft.cli;

import org.jspecify.annotations.NullMarked;
