package dev.graft.doctor;

import java.util.Locale;

/** What a JVM is to Spark. */
enum Role {
    DRIVER,
    EXECUTOR;

    /** Spark's setting for JVMs of this role, such as {@code spark.executor.memory}. */
    String key(String setting) {
        return "spark." + name().toLowerCase(Locale.ROOT) + "." + setting;
    }

    /** How to start JVMs of this role with Java options. */
    String withJavaOptions(String options) {
        return "--conf \"" + key("extraJavaOptions") + "=" + options + "\"";
    }

    /** How to start JVMs of this role with a variable of the environment. */
    String withVariable(String variable, Object value) {
        return switch (this) {
            case DRIVER -> "export " + variable + "=" + value;
            case EXECUTOR -> "--conf spark.executorEnv." + variable + "=" + value;
        };
    }
}
