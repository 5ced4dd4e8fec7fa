package dev.graft.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What a second executor brings to extraction: two executors of one core beside one. */
final class ExecutorSuite implements Suite {
    private static final String KEY = "executors/2-over-1";
    private static final double LEAST = 1.85;
    /** Enough for what a run costs once to weigh little. */
    private static final int PHOTOS = 1_000;

    private final BenchSettings settings;
    private final Photos photos;
    private final Progress progress;

    ExecutorSuite(BenchSettings settings, Photos photos, Progress progress) {
        this.settings = settings;
        this.photos = photos;
        this.progress = progress;
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY);
    }

    @Override
    public void run(Report report) throws IOException {
        BenchBase base = BenchBase.of(settings);
        PhotoFolder folder = photos.folder(PHOTOS);
        Extraction one = new Extraction("1 executor", LocalCluster.options(1), base, folder, settings);
        Extraction two = new Extraction("2 executors", LocalCluster.options(2), base, folder, settings);
        Rates rates = new Alternation(settings.alternations(), progress).run(List.of(one, two), "images/s");
        report.result(KEY, rates.ratio(two.name(), one.name()), Target.atLeast(LEAST));
        report.figures("pipeline", "images/s", rates);
        report.note("executors: " + PHOTOS + " " + photos.description() + ", executors of one core, all of them there"
                + " before work begins.");
    }
}
