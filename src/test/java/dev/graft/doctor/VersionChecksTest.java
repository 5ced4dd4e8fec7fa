package dev.graft.doctor;

import static dev.graft.doctor.Cases.EXECUTOR;
import static dev.graft.doctor.Cases.jvm;
import static dev.graft.doctor.Cases.only;
import static dev.graft.doctor.Cases.standalone;
import static dev.graft.doctor.Cases.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionChecksTest {
    @Test
    void theVersionsThatGraftWasBuiltWithAreFine() {
        Facts facts = standalone(jvm(EXECUTOR));

        assertThat(only(new JavaCheck(), facts)).isEqualTo(Finding.ok("17.0.15", EXECUTOR));
        assertThat(only(new ModulesCheck(), facts)).isEqualTo(Finding.ok("open to Spark", EXECUTOR));
        assertThat(only(new SparkVersionCheck(), facts)).isEqualTo(Finding.ok("3.5.9", EXECUTOR));
        assertThat(only(new ScalaVersionCheck(), facts)).isEqualTo(Finding.ok("2.12.18", EXECUTOR));
    }

    @Test
    void olderJavaFails() {
        Finding finding = only(new JavaCheck(), standalone(with(new JavaFacts(11, "11.0.2", List.of(), "UTF-8"))));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("Java 11.0.2, and Graft is built for 17");
        assertThat(finding.where()).isEqualTo("executor 7 (there)");
        assertThat(finding.remedy()).contains("--conf spark.executorEnv.JAVA_HOME=DIRECTORY");
    }

    @Test
    void closedPackagesFailWithTheOptionThatOpensThem() {
        JavaFacts java = new JavaFacts(17, "17.0.15", List.of("java.base/java.nio", "java.base/sun.nio.ch"), "UTF-8");

        Finding finding = only(new ModulesCheck(), standalone(with(java)));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("java.base/java.nio, java.base/sun.nio.ch closed to Spark");
        assertThat(finding.remedy())
                .isEqualTo("--conf \"spark.executor.extraJavaOptions=--add-opens=java.base/java.nio=ALL-UNNAMED"
                        + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED\"");
    }

    @Test
    void fileNamesThatAreNotUtf8AreAWarning() {
        JavaFacts java = new JavaFacts(17, "17.0.15", List.of(), "ANSI_X3.4-1968");

        Finding finding = only(new FileNamesCheck(), standalone(with(java)));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("names on local disks are ANSI_X3.4-1968, not UTF-8");
        assertThat(finding.remedy()).isEqualTo("--conf spark.executorEnv.LC_ALL=C.UTF-8");
        assertThat(only(new FileNamesCheck(), standalone(jvm(EXECUTOR)))).isEqualTo(Finding.ok("UTF-8", EXECUTOR));
    }

    @Test
    void packagesAreFoundClosedByReflection() {
        String options = "-XX:+IgnoreUnrecognizedVMOptions --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
                + " --add-opens=java.base/no.such.package=ALL-UNNAMED --add-opens=no.such.module/some=ALL-UNNAMED"
                + " -Djdk.reflect.useDirectMethodHandle=false";

        assertThat(JavaFacts.closed(options)).containsExactly("java.base/jdk.internal.misc");
    }

    @Test
    void theTestsRunWithEverythingOpenThatSparkNeeds() {
        assertThat(JavaFacts.here().closed()).isEmpty();
    }

    @Test
    void anotherSparkOfTheSameMinorVersionIsFine() {
        assertThat(only(new SparkVersionCheck(), standalone(with(new SparkFacts("3.5.1", "2.12.18")))))
                .isEqualTo(Finding.ok("3.5.1", EXECUTOR));
    }

    @Test
    void anotherMinorVersionOfSparkIsAWarning() {
        Finding finding = only(new SparkVersionCheck(), standalone(with(new SparkFacts("3.4.1", "2.12.17"))));

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.what()).isEqualTo("Spark 3.4.1, and Graft was built with 3.5.9");
        assertThat(finding.remedy()).startsWith("set SPARK_HOME to a Spark 3.5,");
    }

    @Test
    void anotherScalaFails() {
        Finding finding = only(new ScalaVersionCheck(), standalone(with(new SparkFacts("3.5.9", "2.13.8"))));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).isEqualTo("Scala 2.13.8, and Graft was built for 2.12");
        assertThat(finding.remedy()).startsWith("set SPARK_HOME to a Spark for Scala 2.12,");
    }
}
