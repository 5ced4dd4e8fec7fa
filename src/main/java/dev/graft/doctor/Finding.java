package dev.graft.doctor;

/**
 * What a check found in one place.
 *
 * @param what is so
 * @param where on the driver, on an executor, or in Spark's settings
 * @param why it matters; empty if all is well
 * @param remedy the setting or command that mends it; empty if all is well
 */
record Finding(Severity severity, String what, String where, String why, String remedy) {
    /** Where a finding is that belongs to no JVM. */
    static final String SETTINGS = "the settings of Spark";

    static Finding ok(String what, Object where) {
        return new Finding(Severity.OK, what, where.toString(), "", "");
    }

    static Finding warning(String what, Object where, String why, String remedy) {
        return new Finding(Severity.WARNING, what, where.toString(), why, remedy);
    }

    static Finding failure(String what, Object where, String why, String remedy) {
        return new Finding(Severity.FAILURE, what, where.toString(), why, remedy);
    }

    boolean isOk() {
        return severity == Severity.OK;
    }

    /** Whether two findings are one, but for the place. */
    boolean isLike(Finding other) {
        return severity == other.severity
                && what.equals(other.what)
                && why.equals(other.why)
                && remedy.equals(other.remedy);
    }
}
