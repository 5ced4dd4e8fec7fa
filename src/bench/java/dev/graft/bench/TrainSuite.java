package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Training of the whole base, a batch at a time: Graft and DL4J's own layers with Adam, TensorFlow's gradients alone. */
final class TrainSuite implements Suite {
    private static final String KEY = "train/tensorflow";
    private static final double LEAST = 0.8;
    private static final int BATCHES_PER_CORE = 1;

    private final BenchSettings settings;
    private final Progress progress;

    TrainSuite(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY);
    }

    @Override
    public void run(Report report) throws IOException {
        NetworkContenders networks = new NetworkContenders(BenchBase.of(settings), settings);
        List<ContenderLaunch> ofGraft = new ArrayList<>();
        List<ContenderLaunch> ofTensorFlow = new ArrayList<>();
        for (Sharing sharing : Sharing.ways(settings.cores())) {
            ofGraft.add(networks.graft("graft " + sharing, GraftTraining.class, sharing, BATCHES_PER_CORE));
            ofTensorFlow.add(networks.tensorFlow(
                    "tensorflow gradients " + sharing, TensorFlowTraining.class, sharing, BATCHES_PER_CORE));
        }
        Trial trial = new Trial(settings.work(), report, progress);
        ContenderLaunch graft = trial.fastest(ofGraft);
        ContenderLaunch tensorFlow = trial.fastest(ofTensorFlow);
        ContenderLaunch stock =
                networks.stock("stock-dl4j", StockTraining.class, Sharing.oneCall(settings.cores()), BATCHES_PER_CORE);
        try (Contenders contenders = Contenders.start(List.of(graft, tensorFlow, stock), settings.work(), progress)) {
            Agreement.check(contenders.processes(), progress);
            Rates rates = new Alternation(settings.alternations(), progress).run(contenders.processes(), "images/s");
            report.figures("train", "images/s", rates);
            report.result(KEY, rates.ratio(graft.name(), tensorFlow.name()), Target.atLeast(LEAST));
        }
    }
}
