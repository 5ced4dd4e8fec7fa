package dev.graft.doctor;

/** The versions that Graft was built with; of Scala, the binary one. */
public record BuiltWith(String spark, String scala) {}
