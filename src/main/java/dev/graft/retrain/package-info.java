/** The nightly run: the stages in order, each skipped where its output exists. */
@NullMarked
package dev.graft.retrain;

import org.jspecify.annotations.NullMarked;
