package dev.graft.cli;

import dev.graft.averaging.DivergedException;
import dev.graft.pipeline.RunningException;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;

/** What a run's exit code says to cron, Airflow or a person. */
enum ExitCode {
    DONE(0),
    FAILED(1),
    INVALID_INPUT(2),
    DATA_REFUSED(3),
    ALREADY_RUNNING(4),
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The code for what went wrong; Spark wraps what executors throw, so causes count too. */
    static ExitCode of(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof InvalidInputException) {
            return INVALID_INPUT;
        }
        if (cause instanceof RunningException) {
            return ALREADY_RUNNING;
        }
        return cause instanceof DataGateException ? DATA_REFUSED : FAILED;
    }

    /** The first of the causes that is meant for the user, else the failure itself. */
    static Throwable cause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isMeantForUsers(cause)) {
                return cause;
            }
        }
        return failure;
    }

    /** Whether the message says all that there is to say. */
    static boolean isMeantForUsers(Throwable cause) {
        return cause instanceof InvalidInputException
                || cause instanceof DataGateException
                || cause instanceof DivergedException
                || cause instanceof RunningException;
    }
}
