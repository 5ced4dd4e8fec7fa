package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Images through the base: Graft beside others on the same weights, and beside what the machine can do at all. */
final class ForwardSuite implements Suite {
    private static final String GRAFT = "graft";

    private final BenchSettings settings;
    private final Progress progress;

    ForwardSuite(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public Set<String> keys() {
        return new LinkedHashSet<>(ForwardRivals.KEYS);
    }

    /** Graft's forward pass over the base. */
    static ContenderLaunch graft(BenchBase base, BenchSettings settings) {
        return new NetworkContenders(base, settings).graft(GRAFT, GraftForward.class, ForwardRivals.BATCHES_PER_CORE);
    }

    @Override
    public void run(Report report) throws IOException {
        BenchBase base = BenchBase.of(settings);
        Map<String, ContenderLaunch> rivals = rivals(base, new Trial(settings.work(), report, progress));
        List<ContenderLaunch> launches = new ArrayList<>();
        launches.add(graft(base, settings));
        launches.addAll(rivals.values());
        try (Contenders contenders = Contenders.start(launches, settings.work(), progress)) {
            Agreement.check(contenders.processes(), progress);
            Rates rates = new Alternation(settings.alternations(), progress).run(contenders.processes(), "items/s");
            double operations = FloatingPointOperations.perImage(base.layout());
            ForwardFigures figures = new ForwardFigures(rates, GRAFT, operations, report);
            rivals.forEach((key, rival) -> compare(key, rival.name(), figures));
        }
    }

    /** Whom Graft is compared with for each key that is wanted. */
    private Map<String, ContenderLaunch> rivals(BenchBase base, Trial trial) throws IOException {
        ForwardRivals rivals = new ForwardRivals(new NetworkContenders(base, settings), settings.cores());
        Map<String, ContenderLaunch> wanted = new LinkedHashMap<>();
        for (String key : ForwardRivals.KEYS) {
            if (settings.wants(key)) {
                wanted.put(key, trial.fastest(rivals.of(key)));
            }
        }
        return wanted;
    }

    private static void compare(String key, String rival, ForwardFigures figures) {
        switch (key) {
            case ForwardRivals.TENSORFLOW -> figures.compare(key, Target.atLeast(1.0), rival);
            case ForwardRivals.ONNX_RUNTIME -> figures.compare(key, Target.atLeast(0.9), rival);
            case ForwardRivals.STOCK -> figures.compare(key, Target.atLeast(10), rival);
            case ForwardRivals.PEAK -> figures.compareWithPeak(key, Target.atLeast(0.8), rival);
            case ForwardRivals.END_TO_END -> figures.compareMore(key, Target.atLeast(0.95), rival);
            default -> throw new IllegalArgumentException("No target for " + key);
        }
    }
}
