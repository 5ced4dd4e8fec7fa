package dev.graft.doctor;

import java.util.List;

/** A check of every JVM by itself. */
interface JvmCheck extends Check {
    Finding judge(ExecutorFacts jvm, Facts facts);

    @Override
    default List<Finding> judge(Facts facts) {
        return facts.jvms().stream().map(jvm -> judge(jvm, facts)).toList();
    }
}
