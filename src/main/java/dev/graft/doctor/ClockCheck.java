package dev.graft.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Do the clocks of driver and executors agree? */
final class ClockCheck implements Check {
    private static final long TOLERATED_MILLIS = TimeUnit.SECONDS.toMillis(60);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public List<Finding> judge(Facts facts) {
        if (facts.cluster().isLocal()) {
            return List.of(Finding.ok("one host", Finding.SETTINGS));
        }
        List<Finding> findings = new ArrayList<>();
        facts.visits().clockMillis().forEach((location, millis) -> findings.add(judge(location, millis)));
        return findings;
    }

    private static Finding judge(Location location, long millis) {
        if (millis <= TOLERATED_MILLIS) {
            return Finding.ok("less than a minute from the driver's", location);
        }
        return Finding.warning(
                "at least " + TimeUnit.MILLISECONDS.toSeconds(millis) + " seconds from the driver's",
                location,
                "Kerberos and object stores refuse requests whose time is off",
                "set the clock of " + location.host() + " or of the driver's host: chronyc makestep");
    }
}
