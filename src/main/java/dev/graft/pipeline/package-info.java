/** What each verb does, for the command line and for programs. */
@NullMarked
package dev.graft.pipeline;

import org.jspecify.annotations.NullMarked;
