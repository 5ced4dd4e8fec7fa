package dev.graft.doctor;

/** Is Java new enough? */
final class JavaCheck implements JvmCheck {
    private static final int OLDEST = 17;

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        JavaFacts java = jvm.java();
        if (java.feature() >= OLDEST) {
            return Finding.ok(java.version(), jvm.location());
        }
        return Finding.failure(
                "Java " + java.version() + ", and Graft is built for " + OLDEST,
                jvm.location(),
                "an older Java loads none of its classes",
                "install Java " + OLDEST + " or later there, and "
                        + jvm.location().role().withVariable("JAVA_HOME", "DIRECTORY"));
    }
}
