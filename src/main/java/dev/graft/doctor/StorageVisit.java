package dev.graft.doctor;

import java.io.Serializable;

/**
 * How a JVM fared with a storage.
 *
 * @param message what went wrong; empty if nothing did
 */
record StorageVisit(String uri, Trouble trouble, String message) implements Serializable {
    private static final long serialVersionUID = 1;

    static StorageVisit good(String uri) {
        return new StorageVisit(uri, Trouble.NONE, "");
    }

    static StorageVisit failed(String uri, Throwable failure) {
        return new StorageVisit(uri, Trouble.of(failure), failure.toString());
    }
}
