package dev.graft.doctor;

import static dev.graft.doctor.Cases.HEAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final BuiltWith BUILT = new BuiltWith("3.5.9", "2.12");
    private static final NativeDemand SMALL = new NativeDemand("tiny", "1 image of 32 pixels", 1, 1, 1, 1);

    @TempDir
    private Path directory;

    @Test
    void aLocalRunIsExamined() throws IOException {
        Doctor doctor = new Doctor(TestSpark.session(), BUILT, SMALL, HEAP);

        Diagnosis diagnosis = doctor.examine(List.of(directory.toUri().toString()));

        assertThat(diagnosis.failures()).isZero();
        assertThat(diagnosis.text())
                .startsWith("ok       executors: none, the driver runs the tasks\nok       Java: 17")
                .contains(
                        "\nok       Java modules: open to Spark\n",
                        "\nok       file names: UTF-8\n",
                        "\nok       Spark: " + TestSpark.session().version() + "\n",
                        "\nok       Scala: 2.12.",
                        "\nok       native kernels: CpuBackend with oneDNN, built for avx2\n",
                        "\nok       image decoders: OpenCV 4.",
                        "\nok       heap: ",
                        "\nok       GPU: none asked for\n",
                        "\nok       clocks: one host\n",
                        "\nok       storage " + directory.toUri() + ": written, read and deleted\n",
                        "\ndoctor: 17 checks, ");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aBuildForAnotherSparkIsFoundOut() {
        Doctor doctor = new Doctor(TestSpark.session(), new BuiltWith("4.0.0", "2.13"), SMALL, HEAP);

        Diagnosis diagnosis = doctor.examine(List.of());

        assertThat(diagnosis.failures()).isEqualTo(1);
        assertThat(diagnosis.text())
                .contains("warning  Spark: Spark 3.5.", "failure  Scala: Scala 2.12.", "where: driver (127.0.0.1)")
                .endsWith(" 1 failure");
    }

    @Test
    void tasksBringBackWhatTheirExecutorHas() {
        SparkSession spark = TestSpark.session();
        FactsRequest request = new FactsRequest("tasks", List.of(), new SerializableConfiguration(new Configuration()));

        Visits visits = new ExecutorVisits(spark.sparkContext(), request).run();

        assertThat(visits.problem()).isEmpty();
        assertThat(visits.executors()).singleElement().isEqualTo(request.facts());
        assertThat(visits.members()).singleElement().extracting(Member::tasks).isEqualTo(2);
        assertThat(visits.clockMillis().values()).singleElement().isEqualTo(0L);
    }

    @Test
    void factsSurviveTheNetwork() {
        Answer answer = new Answer(Cases.jvm(Cases.EXECUTOR), 5);

        assertThat(Answer.of(answer.toBytes())).isEqualTo(answer);
    }
}
