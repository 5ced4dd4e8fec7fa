/** Parameter averaging on Spark, with everything that touches dl4j-spark; checkpoints and scores. */
@NullMarked
package dev.graft.averaging;

import org.jspecify.annotations.NullMarked;
