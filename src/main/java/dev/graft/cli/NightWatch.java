package dev.graft.cli;

import dev.graft.pipeline.Stages;
import dev.graft.report.Night;
import dev.graft.report.NightRecord;
import dev.graft.retrain.NightWithoutRun;
import dev.graft.retrain.NightlyNotes;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Sees to it that a night which ends without a run has its row all the same, also where the JVM ends before it. */
final class NightWatch {
    /** After Spark's context has ended, and before the run's lock is given back and Hadoop closes its file systems. */
    private static final int SHUTDOWN_PRIORITY = 30;

    private final Stages stages;
    private final NightlyNotes notes;
    private boolean settled;
    private boolean leavesIndex;

    /** @param notes of the night */
    NightWatch(Stages stages, NightlyNotes notes) {
        this.stages = stages;
        this.notes = notes;
    }

    /** Gives what a night gives. */
    Night over(Supplier<Night> night) {
        Runnable atShutdown = this::atShutdown;
        ShutdownHookManager.get().addShutdownHook(atShutdown, SHUTDOWN_PRIORITY);
        try {
            return night.get();
        } catch (Throwable failure) {
            if (!Interruption.hasBegun()) { // else it failed for that
                Failure found = Failure.of(failure);
                note(kind(found.code()), found.message());
            }
            throw failure;
        } finally {
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                ShutdownHookManager.get().removeShutdownHook(atShutdown);
            }
        }
    }

    private static NightRecord.Kind kind(ExitCode code) {
        return switch (code) {
            case DATA_REFUSED -> NightRecord.Kind.REFUSED;
            case ALREADY_RUNNING -> NightRecord.Kind.GAVE_WAY;
            case INTERRUPTED -> NightRecord.Kind.INTERRUPTED;
            case DONE, FAILED, INVALID_INPUT -> NightRecord.Kind.FAILED;
        };
    }

    /** Told that the night has come to its end, and has what it leaves. */
    synchronized void ended() {
        settled = true;
    }

    /** Told that another run of the same model is at work, which writes the index. */
    synchronized void leaveIndex() {
        leavesIndex = true;
    }

    /** Notes that the JVM ends before the night has. */
    void atShutdown() {
        if (Interruption.hasBegun()) {
            note(
                    NightRecord.Kind.INTERRUPTED,
                    "asked to end before its time (" + Interruption.signal()
                            + "); what is committed is kept, the next night goes on from there");
        } else {
            note(NightRecord.Kind.FAILED, "the program ended before the night did; its log says why");
        }
    }

    private synchronized void note(NightRecord.Kind kind, String message) {
        if (settled || stages.retrain().model().isEmpty()) { // without a model there is no index
            return;
        }
        settled = true;
        try {
            NightWithoutRun night =
                    new NightWithoutRun(stages, SparkHadoopUtil.get().newConfiguration(new SparkConf()), notes);
            if (leavesIndex) {
                night.record(kind, message);
            } else {
                night.note(kind, -1, message);
            }
        } catch (RuntimeException | FSError e) { // a full disk, or a storage that is away, may be what failed
            Terminal.err("the page of this night cannot be written: " + e.getMessage());
        }
    }
}
