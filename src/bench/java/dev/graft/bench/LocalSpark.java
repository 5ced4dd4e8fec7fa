package dev.graft.bench;

import java.nio.file.Path;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/** Spark inside a contender's JVM, set up as {@code submit/graft} sets it up. */
final class LocalSpark {
    private LocalSpark() {}

    /** A contender's JVM with what Spark needs. */
    static ContenderLaunch prepared(ContenderLaunch launch, Path root) {
        return launch.withJavaOptions(JavaModuleOptions.defaultModuleOptions().split(" "))
                .withJavaOptions(
                        "-Xmx2g",
                        "-Djava.awt.headless=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dlog4j2.configurationFile=" + root.resolve("conf/log4j2.properties"))
                .withEnvironment("SPARK_LOCAL_IP", "127.0.0.1")
                .withEnvironment("OMP_NUM_THREADS", 1)
                .withEnvironment("OPENBLAS_NUM_THREADS", 1);
    }

    static SparkSession start(int cores) {
        return SparkSession.builder()
                .appName("graft bench")
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }
}
