package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.UriCredentials;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.util.matching.Regex;

/** What Spark and the log do with a uri that has a user and a secret. */
class RedactionTest {
    private static final String URI = "s3a://AKIA:top/secret@bucket/m.csv";

    @Test
    void sparkRedactsPropertiesAndPlans() {
        SparkConf conf = new SparkConf(false);
        Session.redactions(conf).forEach(conf::set);
        List<Tuple2<String, String>> properties = List.of(
                new Tuple2<>(
                        "sun.java.command", "org.apache.spark.deploy.SparkSubmit graft.jar extract --manifest " + URI),
                new Tuple2<>("spark.some.password", "x"),
                new Tuple2<>("spark.app.name", "graft extract"));

        assertThat(JavaConverters.seqAsJavaList(Utils.redact(
                        conf, JavaConverters.asScalaBuffer(properties).toSeq())))
                .extracting(Tuple2::_2)
                .containsExactly("*********(redacted)", "*********(redacted)", "graft extract");
        Regex texts = new Regex(
                conf.get("spark.redaction.string.regex"),
                JavaConverters.asScalaBuffer(List.<String>of()).toSeq());
        assertThat(Utils.redact(Option.apply(texts), "Location: InMemoryFileIndex [" + URI + "]"))
                .isEqualTo("Location: InMemoryFileIndex [s3a://*********(redacted)bucket/m.csv]");
    }

    @Test
    void sparksOwnRedactionStaysAsItWasSet() {
        SparkConf conf = new SparkConf(false).set("spark.redaction.regex", "mine");

        assertThat(Session.redactions(conf))
                .containsEntry("spark.redaction.regex", "mine|" + UriCredentials.IN_TEXT)
                .containsEntry("spark.redaction.string.regex", UriCredentials.IN_TEXT);
    }

    @Test
    void theLogHasNoUserInfoAndSteersNoTerminal() throws IOException {
        assertThat(logged("stderr"))
                .contains(" WARN Checkpoints: Skipping s3a://***@bucket/m.csv and ?[31m file:/a@b\n")
                .contains("java.io.IOException: no s3a://***@bucket/m.csv\n\tat ")
                .doesNotContain("secret");
    }

    @Test
    void whatSparkLogsHasTheMessageOfWhatWasThrownAlone() throws IOException {
        assertThat(logged("brief"))
                .endsWith(" WARN Checkpoints: Skipping s3a://***@bucket/m.csv and ?[31m file:/a@b: "
                        + "java.io.IOException: no s3a://***@bucket/m.csv\n");
    }

    private static String logged(String appender) throws IOException {
        Properties log = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("conf", "log4j2.properties"))) {
            log.load(reader);
        }
        String layout = "appender." + appender + ".layout.";
        String pattern = log.getProperty(layout + "pattern");
        assertThat(pattern).contains("{(?i)" + UriCredentials.IN_TEXT + "}");

        return PatternLayout.newBuilder()
                .withPattern(pattern)
                .withAlwaysWriteExceptions(Boolean.parseBoolean(log.getProperty(layout + "alwaysWriteExceptions")))
                .build()
                .toSerializable(Log4jLogEvent.newBuilder()
                        .setLevel(Level.WARN)
                        .setLoggerName("dev.graft.averaging.Checkpoints")
                        .setMessage(new SimpleMessage("Skipping " + URI + " and \u001B[31m file:/a@b"))
                        .setThrown(new IOException("no " + URI))
                        .build());
    }
}
