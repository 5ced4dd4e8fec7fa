/** Pretrained networks: architecture, Keras weights with digest, cut, pixel scaling, summary. */
@NullMarked
package dev.graft.base;

import org.jspecify.annotations.NullMarked;
