package dev.graft.bench;

/** Where the benchmark says what it is doing, for the impatient. */
@FunctionalInterface
interface Progress {
    void say(String line);
}
