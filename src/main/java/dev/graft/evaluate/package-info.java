/** Metrics from a table of predictions; knows no model class. */
@NullMarked
package dev.graft.evaluate;

import org.jspecify.annotations.NullMarked;
