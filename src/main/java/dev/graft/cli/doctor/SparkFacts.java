package dev.graft.cli.doctor;

import java.io.Serializable;

/** The versions of Spark and Scala that a JVM runs. */
record SparkFacts(String spark, String scala) implements Serializable {
    private static final long serialVersionUID = 1;

    static SparkFacts here() {
        return new SparkFacts(
                org.apache.spark.package$.MODULE$.SPARK_VERSION(), scala.util.Properties.versionNumberString());
    }
}
