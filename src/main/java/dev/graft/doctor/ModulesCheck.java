package dev.graft.doctor;

import java.util.stream.Collectors;

/** Are the packages of Java open that Spark reaches into? */
final class ModulesCheck implements JvmCheck {
    @Override
    public String name() {
        return "Java modules";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        if (jvm.java().closed().isEmpty()) {
            return Finding.ok("open to Spark", jvm.location());
        }
        String options = jvm.java().closed().stream()
                .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
                .collect(Collectors.joining(" "));
        return Finding.failure(
                String.join(", ", jvm.java().closed()) + " closed to Spark",
                jvm.location(),
                "Spark fails with an InaccessibleObjectException where it reaches into them",
                jvm.location().role().withJavaOptions(options));
    }
}
