package dev.graft.spark;

/** No master of the standalone cluster that a run is for takes a connection. */
public final class NoMasterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoMasterException(StandaloneMasters masters) {
        super(masters.absence());
    }
}
