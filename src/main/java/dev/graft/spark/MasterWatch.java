package dev.graft.spark;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run whose standalone cluster is gone: no master answers and no executor is left. Spark would wait for ever. While
 * executors live they do the work without a master, and one that is started again takes it up.
 */
final class MasterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final int PERIODS_UNTIL_THE_END = 4;

    private final Timer timer = new Timer("master watch", true);
    private final SparkContext spark;
    private int periodsAlone;

    MasterWatch(SparkContext spark) {
        this.spark = spark;
        StandaloneMasters.of(spark.getConf()).ifPresent(this::start);
    }

    private void start(StandaloneMasters masters) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look(masters);
                    }
                },
                PERIOD.toMillis(),
                PERIOD.toMillis());
    }

    private void look(StandaloneMasters masters) {
        periodsAlone = hasExecutors() || masters.answer() ? 0 : periodsAlone + 1;
        if (periodsAlone == PERIODS_UNTIL_THE_END) {
            LOG.warn(
                    "No master answers at {} and no executor is left, for {} s",
                    masters.url(),
                    PERIOD.multipliedBy(periodsAlone).toSeconds());
            timer.cancel();
            spark.stop();
        }
    }

    /** The driver is listed among them. */
    private boolean hasExecutors() {
        return spark.isStopped() || spark.statusTracker().getExecutorInfos().length > 1;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
