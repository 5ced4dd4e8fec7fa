package dev.graft.doctor;

/** Versions of three numbers. */
final class Version {
    private Version() {}

    /** The first two numbers: 2.12 of 2.12.18. */
    static String minor(String version) {
        int first = version.indexOf('.');
        int second = version.indexOf('.', first + 1);
        return first < 0 || second < 0 ? version : version.substring(0, second);
    }
}
