package dev.graft.doctor;

/** Is it the Scala that Graft was built with? */
final class ScalaVersionCheck implements JvmCheck {
    @Override
    public String name() {
        return "Scala";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        String running = jvm.spark().scala();
        String built = facts.built().scala();
        if (Version.minor(running).equals(Version.minor(built))) {
            return Finding.ok(running, jvm.location());
        }
        return Finding.failure(
                "Scala " + running + ", and Graft was built for " + built,
                jvm.location(),
                "code for one Scala does not run on another: training fails with a NoSuchMethodError",
                "set SPARK_HOME to a Spark for Scala " + built + ", or unset it to run the Spark that Maven assembled");
    }
}
