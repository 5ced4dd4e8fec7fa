package dev.graft.bench;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** Seconds that 20 epochs of head training take, in a JVM that trains for the first time and in one that has before. */
final class HeadSuite implements Suite {
    private static final String KEY = "head/seconds";
    private static final double MOST = 6;
    private static final int EPOCHS = 20;

    private final BenchSettings settings;
    private final Progress progress;

    HeadSuite(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    private record Size(int examples, int features) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d x %d", examples, features);
        }
    }

    /** Seconds, run by run. */
    private record Seconds(double[] first, double[] second) {
        Seconds(int runs) {
            this(new double[runs], new double[runs]);
        }
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY);
    }

    @Override
    public void run(Report report) throws IOException {
        Size small = new Size(2_000, 1024);
        Size large = new Size(10_000, 2048);
        Seconds smallSeconds = new Seconds(settings.alternations());
        Seconds largeSeconds = new Seconds(settings.alternations());
        for (int i = 0; i < settings.alternations(); i++) {
            train(small, smallSeconds, i);
            train(large, largeSeconds, i);
        }
        report.result(KEY, Spread.of(smallSeconds.first()), Target.atMost(MOST));
        report(report, small, smallSeconds);
        report(report, large, largeSeconds);
        report.note("head: " + EPOCHS + " epochs, batch 32, workers as by default, with validation after each epoch;"
                + " the result is of a JVM that trains for the first time.");
    }

    private static void report(Report report, Size size, Seconds seconds) {
        report.figure("head", "seconds", size + ", first training in a JVM", Spread.of(seconds.first()));
        report.figure("head", "seconds", size + ", second", Spread.of(seconds.second()));
    }

    private void train(Size size, Seconds seconds, int run) throws IOException {
        try (ContenderProcess process = ContenderProcess.start(launch(size), settings.work())) {
            seconds.first()[run] = EPOCHS / process.rate();
            seconds.second()[run] = EPOCHS / process.rate();
        }
        progress.say(String.format(
                Locale.ROOT,
                "run %d of %d: head on %s %.2f s, again %.2f s",
                run + 1,
                settings.alternations(),
                size,
                seconds.first()[run],
                seconds.second()[run]));
    }

    private ContenderLaunch launch(Size size) {
        ContenderLaunch launch = ContenderLaunch.of(
                "head on " + size,
                HeadTraining.class,
                new ClassPaths(settings.root()).graft(),
                settings.cores(),
                size.examples(),
                size.features(),
                "examples");
        return LocalSpark.prepared(launch, settings.root());
    }
}
