/** What a run leaves for those who read it: its record, its page, the index of pages, and figures for Prometheus. */
@NullMarked
package dev.graft.report;

import org.jspecify.annotations.NullMarked;
