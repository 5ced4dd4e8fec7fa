package dev.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Spark that Maven assembles has nothing older than Spark's own distribution has. */
class SparkVersionsTest {
    private static final Path ASSEMBLED = Path.of("target", "spark", "jars");
    private static final String LIST = "spark-jars.txt";
    private static final String SPARK = "spark-core_2.12";
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    @Test
    void listIsOfTheSparkThatIsAssembled() throws IOException {
        assertThat(versions(spark()).get(SPARK))
                .as("Spark of " + LIST + " (list the jars of the new Spark's distribution there)")
                .isEqualTo(versions(assembled()).get(SPARK));
    }

    @Test
    void nothingIsOlderThanInSparksOwnDistribution() throws IOException {
        assertThat(older(versions(assembled()), versions(spark()))).isEmpty();
    }

    @Test
    void olderJarIsNamedWithBothVersionsAndTheRemedy() {
        Map<String, String> own = Map.of("snappy-java", "1.1.10.5", "gson", "2.2.4", SPARK, "3.5.9");
        Map<String, String> found = Map.of("snappy-java", "1.1.8.2", "gson", "2.10.1", "tink", "1.9.0");

        assertThat(older(found, own))
                .containsExactly("Cannot use snappy-java 1.1.8.2: Spark 3.5.9 itself has 1.1.10.5"
                        + " (pin that in the dependencyManagement of pom.xml, and remove target/spark)");
    }

    private static List<String> older(Map<String, String> found, Map<String, String> own) {
        List<String> older = new ArrayList<>();
        found.forEach((artifact, version) -> {
            String sparks = own.getOrDefault(artifact, version);
            if (isOlder(version, sparks)) {
                older.add(("Cannot use %s %s: Spark %s itself has %s"
                                + " (pin that in the dependencyManagement of pom.xml, and remove target/spark)")
                        .formatted(artifact, version, own.get(SPARK), sparks));
            }
        });
        return older;
    }

    /** Part by part: numbers by their value, words by the alphabet. */
    private static boolean isOlder(String version, String other) {
        String[] parts = version.split("[.-]", -1);
        String[] others = other.split("[.-]", -1);
        for (int i = 0; i < Math.min(parts.length, others.length); i++) {
            if (!parts[i].equals(others[i])) {
                boolean areNumbers = isNumber(parts[i]) && isNumber(others[i]);
                return areNumbers
                        ? Long.parseLong(parts[i]) < Long.parseLong(others[i])
                        : parts[i].compareTo(others[i]) < 0;
            }
        }
        return parts.length < others.length;
    }

    private static boolean isNumber(String part) {
        return part.matches("\\d{1,18}");
    }

    private static Map<String, String> versions(List<String> jars) {
        Map<String, String> versions = new HashMap<>();
        for (String jar : jars) {
            Matcher name = NAME.matcher(jar);
            assertThat(name.matches()).as(jar).isTrue();
            // Of two the older, such as one that an earlier build left.
            versions.merge(name.group(1), name.group(2), (one, other) -> isOlder(one, other) ? one : other);
        }
        return versions;
    }

    private static List<String> assembled() throws IOException {
        try (Stream<Path> jars = Files.list(ASSEMBLED)) {
            return jars.map(jar -> jar.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> spark() throws IOException {
        try (InputStream in = Objects.requireNonNull(SparkVersionsTest.class.getResourceAsStream(LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
