package dev.graft.doctor;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/** A JVM of the application. */
record Location(String executorId, String host) implements Serializable {
    private static final long serialVersionUID = 1;

    /** Spark's executor id of the driver. */
    private static final String DRIVER = "driver";

    static Location here() {
        BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
        return new Location(here.executorId(), here.host());
    }

    Role role() {
        return executorId.equals(DRIVER) ? Role.DRIVER : Role.EXECUTOR;
    }

    @Override
    public String toString() {
        return switch (role()) {
            case DRIVER -> "driver (" + host + ")";
            case EXECUTOR -> "executor " + executorId + " (" + host + ")";
        };
    }
}
