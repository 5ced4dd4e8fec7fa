package dev.graft.averaging;

import dev.graft.base.Layout;
import dev.graft.forward.ExecutorHeap;
import dev.graft.spark.Counter;
import dev.graft.spark.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.jspecify.annotations.Nullable;

/** The epochs of a training by parameter averaging, whatever trains and wherever its examples come from. */
public final class AveragedTraining {
    /** Times what guessing costs: no training comes back from there. */
    private static final double EXPLODED = 50;

    private static final double NANOS = 1e9;

    private final SparkContext spark;
    private final TrainingKind kind;
    private final TrainingSettings settings;
    private final Optional<Checkpoints> checkpoints;
    private final Progress progress;

    public AveragedTraining(
            SparkContext spark,
            TrainingKind kind,
            TrainingSettings settings,
            Optional<Checkpoints> checkpoints,
            Progress progress) {
        this.spark = spark;
        this.kind = kind;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /** How far a training has come. */
    private static final class Course {
        private final List<Epoch> epochs = new ArrayList<>();
        private float[] best = new float[0];
        private @Nullable Epoch bestEpoch;

        boolean isBest(Epoch epoch) {
            return epoch.validation().examples() > 0
                    && (bestEpoch == null || epoch.validation().isBetterThan(bestEpoch.validation()));
        }

        void add(Epoch epoch) {
            epochs.add(epoch);
            if (isBest(epoch)) {
                bestEpoch = epoch;
            }
        }

        int epochsSinceBest() {
            return bestEpoch == null ? 0 : epochs.size() - bestEpoch.number();
        }
    }

    /**
     * Trains a network from where it is, or from the latest checkpoint. With patience it ends with the parameters of the
     * epoch that had the lowest validation loss.
     *
     * @param log told of each epoch as it ends, and of what is decided
     * @return the epochs, those before a restart too
     */
    public List<Epoch> run(ComputationGraph network, ExampleSource examples, Scorer validation, EpochLog log) {
        TrainingHeap.requireRoomFor(network, ExecutorHeap.of(spark));
        Course course = resume(network);
        if (settings.epochs() > 0) {
            log.note(workersAndSteps(examples));
        }
        AtomicLong seen = new AtomicLong(examples.count() * course.epochs.size());
        try (Progress.Task task =
                progress.begin(kind.verb(), examples.count() * settings.epochs(), "examples", seen::get)) {
            while (course.epochs.size() < settings.epochs() && !hasLostPatience(course)) {
                Epoch epoch = epoch(network, examples, validation, course.epochs.size() + 1, seen);
                if (settings.patience() > 0 && course.isBest(epoch)) {
                    course.best = AveragingState.parameters(network);
                }
                course.add(epoch);
                log.epoch(epoch);
                warnOfUselessPatience(epoch, log);
                checkpoint(network, course);
            }
        } finally {
            spark.setJobDescription(null);
        }
        if (course.best.length > 0) {
            AveragingState.setParameters(network, course.best);
            whatIsKept(course).ifPresent(log::note);
        }
        return List.copyOf(course.epochs);
    }

    private String workersAndSteps(ExampleSource examples) {
        int workers = examples.workers();
        int ofWorker = settings.workerBatch(workers);
        long step = (long) workers * ofWorker;
        String line = String.format(
                Locale.ROOT, "training on %d worker%s, %d examples a step", workers, workers == 1 ? "" : "s", step);
        return step == settings.batch()
                ? line
                : line
                        + String.format(
                                Locale.ROOT,
                                " (%d for each worker; %s.batch is %d)",
                                ofWorker,
                                kind.section(),
                                settings.batch());
    }

    private void warnOfUselessPatience(Epoch epoch, EpochLog log) {
        if (epoch.number() == 1 && settings.patience() > 0 && epoch.validation().examples() == 0) {
            log.note("Warning: " + kind.section() + ".patience = " + settings.patience() + " does nothing: there are no"
                    + " validation images, so no epoch is better than another (give some images the split validation)");
        }
    }

    /** Empty where all epochs were trained and the last is the best. */
    private Optional<String> whatIsKept(Course course) {
        int since = course.epochsSinceBest();
        int last = course.epochs.size();
        String patience = hasLostPatience(course) ? " (patience " + settings.patience() + ")" : "";
        return since == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "training ended after epoch %d of %d, %d epoch%s without a lower validation loss%s; the weights of"
                                + " epoch %d are kept",
                        last,
                        settings.epochs(),
                        since,
                        since == 1 ? "" : "s",
                        patience,
                        last - since));
    }

    private boolean hasLostPatience(Course course) {
        return settings.patience() > 0 && course.epochsSinceBest() >= settings.patience();
    }

    private Course resume(ComputationGraph network) {
        Course course = new Course();
        checkpoints.flatMap(Checkpoints::latest).ifPresent(checkpoint -> {
            AveragingState.set(network, checkpoint.parameters(), checkpoint.updaterState(), checkpoint.iteration());
            checkpoint.epochs().forEach(course::add);
            course.best = checkpoint.best();
        });
        return course;
    }

    private void checkpoint(ComputationGraph network, Course course) {
        checkpoints.ifPresent(place -> place.write(new Checkpoint(
                course.epochs,
                AveragingState.parameters(network),
                AveragingState.updaterState(network),
                network.getConfiguration().getIterationCount(),
                course.best)));
    }

    /** Spark as DL4J sees it, which refuses Kryo for the sake of its arrays; none of them leaves the task that made it. */
    private static final class ArraysStay extends JavaSparkContext {
        ArraysStay(SparkContext spark) {
            super(spark);
        }

        @Override
        public SparkConf getConf() {
            return super.getConf().remove("spark.serializer");
        }
    }

    /** The rounds of an epoch, added up. */
    private static final class Rounds {
        private final ScoreSums scores;
        private double lossSum;
        private long bytes;
        private int count;

        Rounds(int outputs) {
            this.scores = new ScoreSums(outputs);
        }

        void add(Round round) {
            if (round.scores() != null) {
                scores.add(round.scores());
            }
            lossSum += round.meanLoss() * round.examples();
            bytes += round.bytes();
            Counter.AVERAGING_BYTES.add(round.bytes());
            count++;
        }
    }

    private Epoch epoch(
            ComputationGraph network, ExampleSource examples, Scorer validation, int number, AtomicLong seen) {
        spark.setJobDescription(kind.verb() + ": epoch " + number + " of " + settings.epochs());
        long start = System.nanoTime();
        Rounds rounds = rounds(network, examples, number, seen);
        Score training = rounds.scores.score();
        Score onValidation = validation.score(network);
        double seconds = (System.nanoTime() - start) / NANOS;
        double loss = rounds.lossSum / training.examples();
        return new Epoch(number, loss, training, onValidation, rounds.bytes, rounds.count, seconds);
    }

    private Rounds rounds(ComputationGraph network, ExampleSource examples, int epoch, AtomicLong seen) {
        int batch = settings.workerBatch(examples.workers());
        AveragingMaster master = new AveragingMaster(batch);
        SparkComputationGraph distributed = new SparkComputationGraph(new ArraysStay(spark), network, master);
        int steps = examples.workers() == 1 ? examples.stepsAlone() : settings.averagingFrequency();
        Rounds rounds = new Rounds(Math.toIntExact(network.layerSize(Layout.LOGITS)));
        for (int first = 0; (long) first * batch < examples.largestShare(); first += steps) {
            distributed.fit(examples.minibatches(epoch, batch, first, steps));
            Round round = master.lastRound();
            requireSense(round, epoch, examples.classCounts().length);
            rounds.add(round);
            seen.addAndGet(round.examples());
        }
        return rounds;
    }

    /** The loss without class weights, which may make the other as large as they like. */
    private void requireSense(Round round, int epoch, int classes) {
        double loss = round.scores() == null ? 0 : round.scores().score().loss();
        if (!(loss <= EXPLODED * Math.log(classes))) {
            throw new DivergedException(String.format(
                    Locale.ROOT,
                    "Cannot go on training: the loss is %.3g in epoch %d, where guessing costs %.3g (lower %s, which is"
                            + " %s)",
                    loss,
                    epoch,
                    Math.log(classes),
                    kind.learningRateKey(),
                    settings.learningRate()));
        }
    }
}
