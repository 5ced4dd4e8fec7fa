package dev.graft.manifest;

/** What to do when there is a manifest already where one is to be written. */
public enum ExistingManifest {
    REFUSE,
    REPLACE
}
