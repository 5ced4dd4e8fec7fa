package dev.graft.settings;

/** A gate on the data refused to go on: too many rejects, or counts that do not add up. Exit code 3. */
public final class DataGateException extends RuntimeException {
    public DataGateException(String message) {
        super(message);
    }
}
