package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What ten times as many images cost: small ones, through the bundled base, with a driver of little heap and an executor
 * with all cores.
 */
final class GrowthSuite implements Suite {
    private static final String KEY = "growth/cost-per-image";
    private static final double MOST = 1.1;
    private static final int LEAST = 1_000;
    private static final int FEW = 10_000;
    private static final int MANY = 100_000;
    private static final int DRAWINGS = 500;
    private static final int PIXELS = 96;
    private static final String DRIVER_MEMORY = "512m";
    private static final List<String> BASE = List.of("--base", "xception-mini", "--input", "64");

    private final BenchSettings settings;
    private final Progress progress;

    GrowthSuite(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    private record Run(int images, ExtractRun.Span span, double driverGb) {
        /** Seconds of extraction for each image beyond those of a smaller run: what a run costs once is in both. */
        double costPerImage(Run smaller) {
            return (span.seconds() - smaller.span().seconds()) / (images - smaller.images());
        }
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY);
    }

    /** It takes longer than everything else. */
    @Override
    public boolean isUsual() {
        return false;
    }

    /** Few, many and few again, so that a machine that becomes slower does not look like growth. */
    @Override
    public void run(Report report) throws IOException {
        progress.say("drawing " + DRAWINGS + " pictures, and copying them " + MANY / DRAWINGS + " times");
        List<Path> drawings = DrawnPhotos.write(settings.work().resolve("small"), DRAWINGS, PIXELS, PIXELS);
        PhotoFolder least = PhotoFolder.fill(settings.work().resolve("least"), drawings, LEAST);
        PhotoFolder few = PhotoFolder.fill(settings.work().resolve("few"), drawings, FEW);
        PhotoFolder many = PhotoFolder.fill(settings.work().resolve("many"), drawings, MANY);
        List<Run> leastRuns = new ArrayList<>(List.of(run(least)));
        List<Run> fewRuns = new ArrayList<>(List.of(run(few)));
        Run manyRun = run(many);
        fewRuns.add(run(few));
        leastRuns.add(run(least));

        double[] ratios = new double[fewRuns.size()];
        for (int i = 0; i < ratios.length; i++) {
            Run fewRun = fewRuns.get(i);
            ratios[i] = manyRun.costPerImage(fewRun) / fewRun.costPerImage(leastRuns.get(i));
        }
        report.result(KEY, Spread.of(ratios), Target.atMost(MOST));
        report(report, leastRuns);
        report(report, fewRuns);
        report(report, List.of(manyRun));
        report.note(String.format(
                Locale.ROOT,
                "growth: drawings of %d x %d pixels, xception-mini at 64 pixels, local-cluster of one executor with all"
                        + " cores, driver heap %s; the result is seconds of extraction for each image beyond %,d, over"
                        + " those for each beyond %,d.",
                PIXELS,
                PIXELS,
                DRIVER_MEMORY,
                FEW,
                LEAST));
    }

    private Run run(PhotoFolder folder) throws IOException {
        List<String> options =
                List.of("--master", "local-cluster[1," + settings.cores() + ",2048]", "--driver-memory", DRIVER_MEMORY);
        Extraction extraction = new Extraction("growth", options, BASE, folder, settings, settings.cores());
        ProcessWatch driver = ProcessWatch.ofDriver();
        ExtractRun.Span span = extraction.run(driver::look);
        Run run = new Run(extraction.images(), span, driver.last().peakGb());
        progress.say(String.format(
                Locale.ROOT,
                "%,d images: extraction %.1f s, driver %.2f GB",
                run.images(),
                span.seconds(),
                run.driverGb()));
        return run;
    }

    private static void report(Report report, List<Run> runs) {
        String name = String.format(Locale.ROOT, "%,d images", runs.get(0).images());
        figure(report, "images/s", name, runs, run -> run.images() / run.span().seconds());
        figure(report, "s", name + ", before: Spark, manifest, store", runs, run -> run.span()
                .before());
        figure(report, "s", name + ", extraction", runs, run -> run.span().seconds());
        figure(report, "s", name + ", after: accounts, Spark's end", runs, run -> run.span()
                .after());
        figure(report, "GB", name + ", driver's peak, heap and all", runs, Run::driverGb);
    }

    private static void figure(Report report, String unit, String name, List<Run> runs, ToDoubleFunction<Run> value) {
        report.figure(
                "growth", unit, name, Spread.of(runs.stream().mapToDouble(value).toArray()));
    }
}
