package dev.graft.doctor;

import java.util.ArrayList;
import java.util.List;

/** Were all executors reached? */
final class ExecutorsCheck implements Check {
    private static final String LOGS =
            "read the executors' logs: yarn logs -applicationId, kubectl logs, or work/ of the worker";

    @Override
    public String name() {
        return "executors";
    }

    @Override
    public List<Finding> judge(Facts facts) {
        Visits visits = facts.visits();
        List<Finding> findings = new ArrayList<>();
        int registered = visits.registered().size();
        if (!visits.problem().isEmpty()) {
            findings.add(Finding.failure(
                    "tasks fail: " + visits.problem(), Finding.SETTINGS, "a run's tasks would fail as well", LOGS));
        }
        if (registered < visits.expected()) {
            findings.add(tooFew(registered, visits.expected()));
        }
        for (Location location : visits.unreached()) {
            findings.add(Finding.warning(
                    "not reached, so nothing is known of it", location, "it may fail where the others do not", LOGS));
        }
        return findings.isEmpty() ? List.of(Finding.ok(reached(registered), Finding.SETTINGS)) : findings;
    }

    private static Finding tooFew(int registered, int expected) {
        String what = registered + " of " + expected + " executors have registered";
        String remedy = "ask for less (--num-executors, --executor-cores, --executor-memory), or wait until the cluster"
                + " has room";
        return registered == 0
                ? Finding.failure(what, Finding.SETTINGS, "a run waits for an executor forever", remedy)
                : Finding.warning(what, Finding.SETTINGS, "a run takes longer than it should", remedy);
    }

    private static String reached(int registered) {
        return registered == 0 ? "none, the driver runs the tasks" : registered + " of " + registered + " reached";
    }
}
