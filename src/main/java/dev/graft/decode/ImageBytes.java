package dev.graft.decode;

/** The bytes of an image as they lie in storage, and how they got here. */
public final class ImageBytes implements ReadImage {
    private final byte[] bytes;
    private final long modified;
    private final int attempts;
    private final MemoryAllowance.Share memory;

    ImageBytes(byte[] bytes, long modified, int attempts, MemoryAllowance.Share memory) {
        this.bytes = bytes;
        this.modified = modified;
        this.attempts = attempts;
        this.memory = memory;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** When the storage says that the file was last changed, in milliseconds since 1970. */
    public long modified() {
        return modified;
    }

    /** How many reads it took, 1 when the first went well. */
    public int attempts() {
        return attempts;
    }

    @Override
    public void close() {
        memory.close();
    }
}
