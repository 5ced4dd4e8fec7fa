package dev.graft.decode;

/** What became of the bytes of an image: its pixels, or the reason why there are none. */
public sealed interface Decoded permits RgbImage, Rejected {}
