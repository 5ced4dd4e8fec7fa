package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SectionTest {
    private static final Config DEFAULTS = ConfigFactory.parseString("""
            stage {
              whole = 3
              count = 4
              number = 0.5
              text = plain
              optional = ""
              flag = false
              size = 64 MiB
              pause = 0
              resize = bilinear
              numbers = [1, 2.5]
              texts = [a, b]
              rules = []
              free {}
              api-token = ""
            }
            """);

    private enum Resize {
        BILINEAR,
        AREA_MEAN
    }

    @Test
    void defaultsAreReadByType() {
        Section stage = settings("").section("stage");

        assertThat(stage.wholeNumber("whole", 0, Long.MAX_VALUE)).isEqualTo(3);
        assertThat(stage.count("count", 1, 4)).isEqualTo(4);
        assertThat(stage.number("number", 0, 1)).isEqualTo(0.5);
        assertThat(stage.text("text")).isEqualTo("plain");
        assertThat(stage.optionalText("optional")).isEmpty();
        assertThat(stage.flag("flag")).isFalse();
        assertThat(stage.bytes("size", 0, Long.MAX_VALUE)).isEqualTo(64L << 20);
        assertThat(stage.choice("resize", Resize.class)).isEqualTo(Resize.BILINEAR);
        assertThat(stage.numbers("numbers", 0, 3)).containsExactly(1.0, 2.5);
        assertThat(stage.texts("texts")).containsExactly("a", "b");
        assertThat(stage.sections("rules")).isEmpty();
    }

    @Test
    void textsOfTheCommandLineAreReadByType() {
        Section stage = settings(
                        "stage { whole = \"1e3\", count = \"2\", number = \"0.25\", flag = \"yes\", size = \"2k\", "
                                + "resize = area-mean, optional = 5 }")
                .section("stage");

        assertThat(stage.wholeNumber("whole", 0, 1000)).isEqualTo(1000);
        assertThat(stage.count("count", 1, 4)).isEqualTo(2);
        assertThat(stage.number("number", 0, 1)).isEqualTo(0.25);
        assertThat(stage.flag("flag")).isTrue();
        assertThat(stage.bytes("size", 0, Long.MAX_VALUE)).isEqualTo(2048);
        assertThat(stage.choice("resize", Resize.class)).isEqualTo(Resize.AREA_MEAN);
        assertThat(stage.optionalText("optional")).isEqualTo(Optional.of("5"));
    }

    @Test
    void wrongValuesAreReportedTogetherAndTheDefaultReturned() {
        Settings settings = settings("""
                stage {
                  whole = 2.5
                  count = 9
                  number = NaN
                  text = " "
                  flag = perhaps
                  size = 1 furlong
                  resize = bicubic
                  numbers = [1, 7]
                  texts = one
                  rules = [1]
                }
                """);
        Section stage = settings.section("stage");

        assertThat(stage.wholeNumber("whole", 0, Long.MAX_VALUE)).isEqualTo(3);
        assertThat(stage.count("count", 1, 4)).isEqualTo(4);
        assertThat(stage.number("number", 0, Double.MAX_VALUE)).isEqualTo(0.5);
        assertThat(stage.text("text")).isEqualTo("plain");
        assertThat(stage.flag("flag")).isFalse();
        assertThat(stage.bytes("size", 1, Long.MAX_VALUE)).isEqualTo(64L << 20);
        assertThat(stage.choice("resize", Resize.class)).isEqualTo(Resize.BILINEAR);
        assertThat(stage.numbers("numbers", 0, 3)).containsExactly(1.0, 2.5);
        assertThat(stage.texts("texts")).containsExactly("a", "b");
        assertThat(stage.sections("rules")).isEmpty();
        assertThatThrownBy(settings::check)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("""
                        Invalid stage.whole: 2.5 (test.conf:2; expected a whole number of at least 0)
                        Invalid stage.count: 9 (test.conf:3; expected a whole number from 1 to 4)
                        Invalid stage.number: 'NaN' (test.conf:4; expected a number of at least 0.0)
                        Invalid stage.text: ' ' (test.conf:5; expected a text that is not empty)
                        Invalid stage.flag: 'perhaps' (test.conf:6; expected true or false)
                        Invalid stage.size: '1 furlong' (test.conf:7; expected a size of at least 1 bytes)
                        Invalid stage.resize: 'bicubic' (test.conf:8; expected one of bilinear, area-mean)
                        Invalid stage.numbers: [1,7] (test.conf:9; expected a list of numbers from 0.0 to 3.0)
                        Invalid stage.texts: 'one' (test.conf:10; expected a list of texts that are not empty)
                        Invalid stage.rules: [1] (test.conf:11; expected a list of objects)""");
    }

    @Test
    void durationsHaveAUnit() {
        Duration hour = Duration.ofHours(1);
        assertThat(settings("").section("stage").duration("pause", hour)).isEqualTo(Duration.ZERO);
        assertThat(settings("stage.pause = 10 minutes").section("stage").duration("pause", hour))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(settings("stage.pause = 90s").section("stage").duration("pause", hour))
                .isEqualTo(Duration.ofSeconds(90));
        for (String wrong : List.of("600", "'600'", "2 hours", "-1s", "soon", "''")) {
            String value = wrong.replace('\'', '"');
            Settings settings = settings("stage.pause = " + value);
            assertThat(settings.section("stage").duration("pause", hour)).isEqualTo(Duration.ZERO);
            String shown = wrong.equals("600") ? wrong : "'" + wrong.replace("'", "") + "'";
            assertThatThrownBy(settings::check)
                    .hasMessage(
                            "Invalid stage.pause: " + shown + " (test.conf:1; expected a duration with its unit, such"
                                    + " as 10 minutes, of at most 60 minutes)");
        }
    }

    @Test
    void wholeNumberTooLargeForItsTypeIsRefused() {
        Settings settings = settings("stage { whole = 1e300, count = 4294967297 }");
        settings.section("stage").wholeNumber("whole", Long.MIN_VALUE, Long.MAX_VALUE);
        settings.section("stage").count("count", 0, Integer.MAX_VALUE);

        assertThatThrownBy(settings::check)
                .hasMessage(
                        "Invalid stage.whole: 1.0E300 (test.conf:1; expected a whole number)\n"
                                + "Invalid stage.count: 4294967297 (test.conf:1; expected a whole number from 0 to 2147483647)");
    }

    @Test
    void problemReadTwiceIsReportedOnce() {
        Settings settings = settings("stage.count = 0");
        settings.section("stage").count("count", 1, 4);
        settings.section("stage").count("count", 1, 4);

        assertThatThrownBy(settings::check)
                .hasMessage("Invalid stage.count: 0 (test.conf:1; expected a whole number from 1 to 4)");
    }

    @Test
    void nullIsRefused() {
        Settings settings = settings("stage.count = null");
        settings.section("stage").count("count", 1, 4);

        assertThatThrownBy(settings::check)
                .hasMessage("Invalid stage.count: null (test.conf:1; expected a whole number from 1 to 4)");
    }

    @Test
    void emptyObjectAndListOfTheReferenceTakeAnyChildren() {
        settings("stage { free { a { b = 1 } }, rules = [{ layers = x }] }").check();
    }

    @Test
    void objectsOfAListAreSections() {
        Settings settings =
                settings("stage.rules = [{ layers = \"block14_.*\", rate = 0.1 }, { layers = \".*\", rate = 0 }]");

        List<Section> rules = settings.section("stage").sections("rules");

        assertThat(rules).extracting(rule -> rule.text("layers")).containsExactly("block14_.*", ".*");
        assertThat(rules).extracting(rule -> rule.number("rate", 0, 1)).containsExactly(0.1, 0.0);
        assertThat(rules.get(0).optionalText("note")).isEmpty();
        settings.check();
        assertThat(settings.readKeys()).containsExactly("stage.rules");
    }

    @Test
    void missingAndUnknownKeysOfObjectsInAListAreRefused() {
        Settings settings = settings("stage.rules = [\n{ layer = x },\n{ layers = y, rate = 7 }]");
        for (Section rule : settings.section("stage").sections("rules")) {
            rule.text("layers");
            rule.number("rate", 0, 1);
        }

        assertThatThrownBy(settings::check).hasMessage("""
                        Missing setting: stage.rules[0].layers (expected a text that is not empty)
                        Missing setting: stage.rules[0].rate (expected a number from 0.0 to 1.0)
                        Invalid stage.rules[1].rate: 7 (test.conf:3; expected a number from 0.0 to 1.0)
                        Unknown setting: stage.rules[0].layer (test.conf:2; did you mean stage.rules[0].layers?)""");
    }

    @Test
    void rejectedValueIsReportedWithItsPlace() {
        Settings settings = settings("stage.whole = 7");
        settings.section("stage").reject("whole", "expected an even number");

        assertThatThrownBy(settings::check).hasMessage("Invalid stage.whole: 7 (test.conf:1; expected an even number)");
        assertThat(settings.section("stage").defaults().wholeNumber("whole", 0, 9))
                .isEqualTo(3);
    }

    @Test
    void readingAKeyThatTheReferenceLacksIsAProgrammingError() {
        Section stage = settings("").section("stage");

        assertThatThrownBy(() -> stage.text("nope"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reference.conf has no setting stage.nope");
    }

    @Test
    void credentialsAreRedacted() {
        Settings settings = settings("""
                stage.api-token = hunter2
                stage.text = "s3a://id:hunter2@bucket/x"
                stage.free { accessKey = hunter2, monkey = banana, list = [{ db_password = hunter2 }] }
                """);
        settings.section("stage").flag("flag");
        settings.section("stage").reject("api-token", "expected another");

        assertThat(settings.effective())
                .doesNotContain("hunter2")
                .contains("api-token=\"<redacted>\"", "s3a://***@bucket/x", "monkey=banana");
        assertThatThrownBy(settings::check)
                .hasMessage("Invalid stage.api-token: <redacted> (test.conf:1; expected another)");
    }

    private static Settings settings(String conf) {
        return Settings.of(
                ConfigFactory.parseString(conf, ConfigParseOptions.defaults().setOriginDescription("test.conf")),
                DEFAULTS);
    }
}
