/** The check of a GPU that submit/gpu-check calls. */
@NullMarked
package dev.graft.cli.gpu;

import org.jspecify.annotations.NullMarked;
