package dev.graft.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of a network; the stream it is given stays open. */
@FunctionalInterface
public interface NetworkWriter {
    void writeTo(OutputStream out) throws IOException;
}
