package dev.graft.decode;

/** What became of reading an image from storage: its bytes, or the reason why there are none. */
public sealed interface ReadImage permits ImageBytes, Rejected {}
