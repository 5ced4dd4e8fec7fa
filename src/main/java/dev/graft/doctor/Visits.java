package dev.graft.doctor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of asking the executors.
 *
 * @param members all JVMs of the application, the driver too
 * @param executors what those that answered have
 * @param clockMillis by how much the clock of each is off at least
 * @param expected how many executors the settings of Spark ask for; at least one where they do not say
 * @param problem why asking failed; empty if it did not
 */
record Visits(
        List<Member> members,
        List<ExecutorFacts> executors,
        Map<Location, Long> clockMillis,
        int expected,
        String problem) {

    /** The executors that did not answer. */
    List<Location> unreached() {
        Set<String> reached = new HashSet<>();
        executors.forEach(facts -> reached.add(facts.location().executorId()));
        return registered().stream()
                .filter(location -> !reached.contains(location.executorId()))
                .toList();
    }

    /** The executors that have registered. */
    List<Location> registered() {
        return members.stream()
                .map(Member::location)
                .filter(location -> location.role() == Role.EXECUTOR)
                .toList();
    }
}
