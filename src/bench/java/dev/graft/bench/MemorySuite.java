package dev.graft.bench;

import java.io.IOException;
import java.util.Set;

/** Resident memory of an executor of one core that extracts features, with the default settings. */
final class MemorySuite implements Suite {
    private static final String KEY = "executor/peak-gb";
    private static final double MOST_GB = 1.5;
    private static final int PHOTOS = 2_000;
    private static final int EARLY = 500;

    private final BenchSettings settings;
    private final Photos photos;
    private final Progress progress;

    MemorySuite(BenchSettings settings, Photos photos, Progress progress) {
        this.settings = settings;
        this.photos = photos;
        this.progress = progress;
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY);
    }

    /** Once, not in turns: a peak is what must not be exceeded. */
    @Override
    public void run(Report report) throws IOException {
        Extraction extraction = new Extraction(
                "executor",
                LocalCluster.options(1),
                BenchBase.of(settings).options(),
                photos.folder(PHOTOS),
                settings,
                settings.cores());
        progress.say("watching an executor over " + PHOTOS + " photos");
        ProcessWatch watch = ProcessWatch.ofExecutor();
        ExtractRun.Span span = extraction.run(watch::look);
        ResidentMemory early = watch.at(span.after((double) EARLY / PHOTOS));
        ResidentMemory end = watch.at(span.after(1));
        report.result(KEY, Spread.of(watch.last().peakGb()), Target.atMost(MOST_GB));
        report.figure("executor memory", "GB", "at image " + EARLY, early.gb());
        report.figure("executor memory", "GB", "at image " + PHOTOS, end.gb());
        report.figure("executor memory", "GB", "peak until image " + EARLY, early.peakGb());
        report.note("executor memory: one executor of one core, heap of Spark's default size, " + PHOTOS + " "
                + photos.description() + "; image " + EARLY + " is where that share of the time is over.");
    }
}
