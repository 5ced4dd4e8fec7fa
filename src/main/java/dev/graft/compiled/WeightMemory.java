package dev.graft.compiled;

import org.bytedeco.dnnl.memory;

/** Weights in the layouts that primitives like best. */
interface WeightMemory {

    /** The memory that has a convolution's kernel in a layout. */
    memory of(ConvolutionKernel kernel, memory.desc wanted);
}
