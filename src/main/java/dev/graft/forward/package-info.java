/** Images through a frozen network as a Spark map stage: decoded ahead, one network for each executor, GPU slots. */
@NullMarked
package dev.graft.forward;

import org.jspecify.annotations.NullMarked;
