package dev.graft.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** JPEG files to feature store with {@code submit/graft}, beside the forward pass alone. */
final class PipelineSuite implements Suite {
    private static final String KEY = "pipeline/forward";
    private static final double LEAST = 0.93;
    private static final int PHOTOS = 3_000;
    /** What is beyond them takes its time without what a run costs once: planning, loading, the JVM's compilation. */
    private static final int FEW = 1_000;

    private final BenchSettings settings;
    private final Photos photos;
    private final Progress progress;

    PipelineSuite(BenchSettings settings, Photos photos, Progress progress) {
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
        String master = "local[" + settings.cores() + "]";
        List<String> options = List.of("--master", master);
        Extraction pipeline =
                new Extraction(master, options, base.options(), photos.folder(PHOTOS), settings, settings.cores());
        Extraction few = new Extraction(
                master + ", " + FEW + " photos",
                options,
                base.options(),
                photos.folder(FEW),
                settings,
                settings.cores());
        try (ContenderProcess forward = ContenderProcess.start(ForwardSuite.graft(base, settings), settings.work())) {
            Alternation alternation = new Alternation(settings.alternations(), progress);
            Rates rates = alternation.run(List.of(forward, few, pipeline), "images/s");
            double[] further = rates.further(few.name(), pipeline.name(), FEW, PHOTOS);
            report.result(KEY, Rates.ratio(further, rates.rates(forward.name())), Target.atLeast(LEAST));
            report.figure(
                    "pipeline",
                    "share of the forward pass",
                    "all " + PHOTOS + " photos, warm-up included",
                    rates.ratio(pipeline.name(), forward.name()));
            report.figure("pipeline", "images/s", "forward pass alone", rates.of(forward.name()));
            report.figure("pipeline", "images/s", pipeline.name(), rates.of(pipeline.name()));
            report.figure("pipeline", "images/s", few.name(), rates.of(few.name()));
            report.figure("pipeline", "images/s", master + ", each photo beyond " + FEW, Spread.of(further));
        }
        report.note("pipeline: " + PHOTOS + " " + photos.description() + ", each run in a JVM of its own, Spark's start"
                + " excluded; the result is of the photos beyond the first " + FEW + ".");
    }
}
