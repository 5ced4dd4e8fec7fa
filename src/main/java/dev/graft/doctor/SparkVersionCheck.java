package dev.graft.doctor;

/** Is it the Spark that Graft was built with? */
final class SparkVersionCheck implements JvmCheck {
    @Override
    public String name() {
        return "Spark";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        String running = jvm.spark().spark();
        String built = facts.built().spark();
        if (Version.minor(running).equals(Version.minor(built))) {
            return Finding.ok(running, jvm.location());
        }
        return Finding.warning(
                "Spark " + running + ", and Graft was built with " + built,
                jvm.location(),
                "it was tested with " + Version.minor(built) + " alone; what differs shows only when it is called",
                "set SPARK_HOME to a Spark " + Version.minor(built)
                        + ", or unset it to run the Spark that Maven assembled");
    }
}
