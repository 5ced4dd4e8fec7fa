package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tries several ways to do the same, one JVM after another, so that each rival competes as it is fastest. */
final class Trial {
    private static final int ROUNDS = 3;

    private final Path work;
    private final Report report;
    private final Progress progress;

    Trial(Path work, Report report, Progress progress) {
        this.work = work;
        this.report = report;
        this.progress = progress;
    }

    /** The fastest by the best of some rounds; the report notes the others. */
    ContenderLaunch fastest(List<ContenderLaunch> ways) throws IOException {
        ContenderLaunch fastest = ways.get(0);
        if (ways.size() == 1) {
            return fastest;
        }
        double highest = 0;
        List<String> rates = new ArrayList<>();
        for (ContenderLaunch way : ways) {
            double rate = rate(way);
            rates.add(String.format(Locale.ROOT, "%s %.3g", way.name(), rate));
            if (rate > highest) {
                highest = rate;
                fastest = way;
            }
        }
        report.note("Tried: " + String.join(", ", rates) + " items/s; taken: " + fastest.name() + ".");
        return fastest;
    }

    private double rate(ContenderLaunch way) throws IOException {
        try (ContenderProcess contender = ContenderProcess.start(way, work)) {
            double highest = 0;
            for (int i = 0; i < ROUNDS; i++) {
                highest = Math.max(highest, contender.rate());
            }
            progress.say(String.format(Locale.ROOT, "trial: %s %.4g items/s", way.name(), highest));
            return highest;
        }
    }
}
