/** The stages in order: what each verb does, and the nightly run, whose stages are skipped where their output exists. */
@NullMarked
package dev.graft.pipeline;

import org.jspecify.annotations.NullMarked;
