package dev.graft.doctor;

/**
 * A JVM that has registered with the driver.
 *
 * @param tasks how many it runs at a time
 */
record Member(Location location, int tasks) {}
