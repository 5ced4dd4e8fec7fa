package dev.graft.doctor;

import java.io.Serializable;
import org.apache.spark.package$;
import scala.util.Properties;

/** The versions of Spark and Scala that a JVM runs. */
record SparkFacts(String spark, String scala) implements Serializable {
    private static final long serialVersionUID = 1;

    static SparkFacts here() {
        return new SparkFacts(package$.MODULE$.SPARK_VERSION(), Properties.versionNumberString());
    }
}
