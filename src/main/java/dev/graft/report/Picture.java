package dev.graft.report;

/**
 * A small image of a page.
 *
 * @param source a {@code data:} URI of a JPEG; empty where the image cannot be read any more
 * @param title a few words
 * @param detail a line below them, such as the uri
 */
public record Picture(String source, String title, String detail) {}
