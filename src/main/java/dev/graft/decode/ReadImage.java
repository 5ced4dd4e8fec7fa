package dev.graft.decode;

/** What became of reading an image from storage: its bytes, or the reason why there are none. Closed when done with. */
public sealed interface ReadImage extends AutoCloseable permits ImageBytes, Rejected {
    /** Gives back the memory that the bytes were granted; they must not be used any more. */
    @Override
    default void close() {}
}
