package dev.graft.report;

/**
 * How long a stage took.
 *
 * @param images that it worked on; 0 where that is not what it does
 */
public record StageTime(String stage, double seconds, long images) {}
