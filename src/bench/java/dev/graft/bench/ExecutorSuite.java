package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a second executor brings to extraction: two executors of one core beside one. */
final class ExecutorSuite implements Suite {
    private static final String KEY = "executors/2-over-1";
    private static final double LEAST = 1.85;
    private static final int PHOTOS = 2_000;
    /** What is beyond them takes its time without what a run costs once. */
    private static final int FEW = 500;

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
        List<String> base = BenchBase.of(settings).options();
        List<Extraction> runs = new ArrayList<>();
        for (int executors = 1; executors <= 2; executors++) {
            for (int count : List.of(FEW, PHOTOS)) {
                List<String> options = LocalCluster.options(executors);
                runs.add(new Extraction(
                        name(executors, count), options, base, photos.folder(count), settings, executors));
            }
        }
        Rates rates = new Alternation(settings.alternations(), progress).run(runs, "images/s");
        double[] one = rates.further(name(1, FEW), name(1, PHOTOS), FEW, PHOTOS);
        double[] two = rates.further(name(2, FEW), name(2, PHOTOS), FEW, PHOTOS);
        report.result(KEY, Rates.ratio(two, one), Target.atLeast(LEAST));
        report.figures("pipeline", "images/s", rates);
        report.figure("pipeline", "images/s", "1 executor, each photo beyond " + FEW, Spread.of(one));
        report.figure("pipeline", "images/s", "2 executors, each photo beyond " + FEW, Spread.of(two));
        report.note(
                "executors: " + PHOTOS + " " + photos.description() + ", executors of one core, as many cores of the"
                        + " machine for all processes of a run as it has executors, all of them there"
                        + " before work begins; the result is of the photos beyond the first " + FEW + ".");
    }

    private static String name(int executors, int photos) {
        return executors + (executors == 1 ? " executor, " : " executors, ") + photos + " photos";
    }
}
