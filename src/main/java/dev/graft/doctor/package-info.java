/** What is looked at before a run, on the driver and on every executor, and what to change where it would fail. */
@NullMarked
package dev.graft.doctor;

import org.jspecify.annotations.NullMarked;
