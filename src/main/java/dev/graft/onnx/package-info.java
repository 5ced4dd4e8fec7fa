/** ONNX files written from compiled networks. */
@NullMarked
package dev.graft.onnx;

import org.jspecify.annotations.NullMarked;
