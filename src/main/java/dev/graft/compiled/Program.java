package dev.graft.compiled;

import org.bytedeco.javacpp.FloatPointer;

/** The steps of a network bound to memory, for batches of one size. */
interface Program extends AutoCloseable {

    /** Where a batch goes: images in the network's input shape, row-major, one after another. */
    FloatPointer input();

    /** Where the outputs of a batch are after a run, row-major, one after another. */
    FloatPointer output();

    void run();

    @Override
    void close();
}
