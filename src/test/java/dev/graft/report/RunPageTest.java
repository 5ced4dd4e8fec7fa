package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.evaluate.ClassMetrics;
import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import dev.graft.features.Accounting;
import dev.graft.features.NearDuplicates;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.Split;
import dev.graft.publish.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pages as a browser shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunPageTest {
    /** A label that would do harm if it were not escaped. */
    private static final String HOSTILE = "<script>document.title='harm'</script>";

    private static final String PIXEL =
            "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @TempDir
    private static Path directory;

    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(
                Browser.isInstalled(),
                "Chromium and ChromeDriver are not installed (packages chromium, chromium-driver)");
        Files.createDirectories(SCREENSHOTS);
        browser = new Browser(Files.createDirectory(directory.resolve("browser")));
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Metrics metrics(double accuracy, double recallOfDogs) {
        return new Metrics(
                200,
                0,
                accuracy,
                0.25,
                0.98,
                0.95,
                0.94,
                0.945,
                List.of(
                        new ClassMetrics(HOSTILE, 100, 0.96, 0.97, 0.965, 0.98),
                        new ClassMetrics("dog", 100, 0.94, recallOfDogs, 0.93, Double.NaN)),
                List.of(List.of(97L, 3L), List.of(8L, 92L)));
    }

    private static RunRecord run(Outcome outcome, String... reasons) {
        ImageCounts counts = new ImageCounts(Map.of(
                Split.TRAIN, new TreeMap<>(Map.of(HOSTILE, 1000L, "dog", 1234L)),
                Split.TEST, new TreeMap<>(Map.of(HOSTILE, 100L, "dog", 100L))));
        DataFindings data = new DataFindings(
                counts,
                new DataFindings.Rejects(
                        new TreeMap<>(Map.of("truncated", 2L)),
                        List.of(new DataFindings.Reject(
                                "s3a://photos/" + HOSTILE + ".jpg", "truncated", "after 7 bytes"))),
                new DataFindings.SharedContents(200, 1, List.of("s3a://photos/shared.jpg")),
                new NearDuplicates(200, 1, List.of(new NearDuplicates.Pair("a", "b", 0.991))),
                new DataFindings.Drift("20260313-030000-aa", 0.0123, 0.0456),
                new DataFindings.Additions(
                        200, 50, 60, List.of(new DataFindings.Suspect("s3a://photos/odd.jpg", "dog", HOSTILE, 0.97))),
                outcome == Outcome.DATA_REFUSED ? List.of(reasons) : List.of());
        String history = """
                {"epoch":1,"loss":0.9,"accuracy":0.6,"validation_loss":0.8,"validation_accuracy":0.7}
                {"epoch":2,"loss":0.5,"accuracy":0.8,"validation_loss":null,"validation_accuracy":null}
                {"epoch":1,"loss":0.4,"accuracy":0.9,"validation_loss":0.3,"validation_accuracy":0.91}
                """;
        return new RunRecord(
                "20260314-030000-bb",
                "s3a://models/pets",
                outcome,
                List.of(reasons),
                Instant.parse("2026-03-14T03:00:00Z"),
                Instant.parse("2026-03-14T03:05:07Z"),
                new Accounting(2436, 200, 2234, 2),
                data,
                "20260314-030400-a1b2c3",
                "20260313-030400-a1b2c3",
                metrics(0.945, 0.92),
                new Comparison(
                        metrics(0.945, 0.92), metrics(0.975, 0.98), new PairedTest(200, 2, 8, 0.109375), List.of()),
                history,
                List.of(new StageTime("extract", 120.5, 2436), new StageTime("head", 8.26, 2234)),
                new Provenance(
                        "sha256:aa",
                        "xception",
                        "sha256:bb",
                        "0123456789abcdef",
                        new TreeMap<>(Map.of("graft", "0.1.0")),
                        42,
                        Instant.EPOCH,
                        "graft retrain",
                        ""),
                "head { epochs = 20 } # " + HOSTILE);
    }

    private static Gallery gallery() {
        List<Picture> pictures = List.of(
                new Picture(PIXEL, HOSTILE, "s3a://photos/" + HOSTILE),
                new Picture("", "dog, predicted cat (97 %)", "s3a://photos/gone.jpg"));
        return new Gallery(pictures, pictures, pictures, pictures, List.of());
    }

    private void open(RunRecord run, String name) throws Exception {
        Path page = directory.resolve(name + ".html");
        Files.writeString(page, RunPage.html(run, gallery()));
        browser.open(page);
    }

    private String text(String script) throws Exception {
        return browser.run("return " + script).asText().replaceAll("\\s+", " ").strip();
    }

    @Test
    void theFirstScreenSaysWhatWasPromotedAndWhy() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.PROMOTED, "not worse than the current model"), "promoted");
        assertThat(text("document.title")).isEqualTo("pets: promoted (20260314-030000-bb)");
        assertThat(text("document.querySelector('#verdict').innerText"))
                .isEqualTo(
                        "Promoted Version 20260314-030400-a1b2c3 is the current model now: not worse than the current"
                                + " model.");
        assertThat(browser.run("return document.querySelector('#verdict').getBoundingClientRect().bottom")
                        .asDouble())
                .isLessThan(800);
        assertThat(text("document.querySelector('#accuracy-value').innerText")).isEqualTo("0.9450");
    }

    @Test
    void aRefusalListsItsReasons() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.CANDIDATE_REFUSED, "accuracy is lower", "recall of " + HOSTILE + " is lower"), "refused");
        assertThat(text("document.querySelector('#verdict h2').innerText")).isEqualTo("Refused: the candidate");
        assertThat(text("[...document.querySelectorAll('#verdict li')].map(each => each.innerText).join('; ')"))
                .isEqualTo("accuracy is lower; recall of " + HOSTILE + " is lower");
        assertThat(text("document.querySelector('#verdict').innerText"))
                .endsWith("Version 20260313-030400-a1b2c3 stays the current model.");
    }

    @Test
    void figuresAreThoseOfTheRecord() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.PROMOTED, "better"), "figures");
        assertThat(text("document.querySelector('#accounting').innerText"))
                .isEqualTo("images 2,436 = written 200 + reused 2,234 + rejected 2");
        assertThat(text("document.querySelector('#comparison table').innerText"))
                .contains("accuracy 0.9450 0.9750 -0.0300")
                .contains("recall of dog 0.9200 0.9800 -0.0600");
        assertThat(text("document.querySelector('#comparison p').innerText"))
                .contains("right on 2, the current model alone on 8")
                .contains("10.9 % of cases");
        assertThat(text("document.querySelector('table.matrix').innerText"))
                .contains("97 3")
                .contains("8 92");
        assertThat(text("document.querySelector('#classes table').innerText"))
                .contains("dog 100 0.9400 0.9200 0.9300 -");
        assertThat(text("document.querySelector('#time table').innerText"))
                .contains("extract 120.5 20")
                .contains("head 8.3 270");
        assertThat(text("document.querySelector('#data').innerText"))
                .contains("1 of 200 test images stand among the training images too")
                .contains("moved by 0.012, the features by 0.046 standard deviations")
                .contains("200 labelled images were added and 50 have another label now")
                .contains("sure that 60 of these labels are wrong");
    }

    @Test
    void chartsAreDrawnFromTheHistory() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.PROMOTED, "better"), "charts");
        assertThat(text("document.body.dataset.charts")).isEqualTo("3");
        JsonNode chart = browser.run("const chart = Chart.getChart('loss'); return {labels: chart.data.labels,"
                + " validation: chart.data.datasets[1].data}");
        assertThat(chart.path("labels").toString()).isEqualTo("[\"1\",\"2\",\"tuned 1\"]");
        assertThat(chart.path("validation").toString()).isEqualTo("[0.8,null,0.3]");
        assertThat(browser.run("return document.getElementById('loss').toDataURL().length")
                        .asInt())
                .isGreaterThan(3000);
    }

    @Test
    void whatUsersWroteIsTextAndNothingElse() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.PROMOTED, HOSTILE), "hostile");
        assertThat(text("document.title")).startsWith("pets: promoted");
        assertThat(browser.run("return document.querySelectorAll('script').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(text("document.querySelector('#mistakes figcaption').innerText"))
                .startsWith(HOSTILE);
    }

    @Test
    void thePageNeedsNothingElse() throws Exception {
        browser.show(1200, 800, "light");
        open(run(Outcome.PROMOTED, "better"), "alone");
        assertThat(browser.run("return performance.getEntriesByType('resource').filter(each =>"
                                + " !each.name.startsWith('data:')).map(each => each.name)")
                        .toString())
                .isEqualTo("[]");
    }

    @Test
    void aPhoneShowsThePageWithoutScrollingSidewaysInLightAndDark() throws Exception {
        for (String scheme : List.of("light", "dark")) {
            browser.show(390, 844, scheme);
            open(run(Outcome.DATA_REFUSED, "the labels look wrong"), "phone-" + scheme);
            assertThat(browser.run("return document.documentElement.scrollWidth")
                            .asInt())
                    .isLessThanOrEqualTo(390);
            String background = text("getComputedStyle(document.body).backgroundColor");
            assertThat(background).isEqualTo(scheme.equals("dark") ? "rgb(20, 22, 26)" : "rgb(247, 247, 248)");
            browser.screenshot(SCREENSHOTS.resolve("run-page-" + scheme + ".png"));
            assertThat(Files.size(SCREENSHOTS.resolve("run-page-" + scheme + ".png")))
                    .isGreaterThan(20_000);
        }
    }

    @Test
    void theIndexListsTheRunsWithLinksToTheirPages() throws Exception {
        browser.show(1200, 800, "light");
        Path page = directory.resolve("index.html");
        Files.writeString(
                page, IndexPage.html(List.of(run(Outcome.CANDIDATE_REFUSED, "worse"), run(Outcome.PROMOTED, HOSTILE))));
        browser.open(page);
        assertThat(text("document.querySelector('table').innerText"))
                .isEqualTo("ended outcome accuracy images why 2026-03-14 03:05:07 refused 0.9450 2,436 worse"
                        + " 2026-03-14 03:05:07 promoted 0.9450 2,436 " + HOSTILE);
        assertThat(text("document.querySelector('td a').getAttribute('href')"))
                .isEqualTo("20260314-030000-bb/report.html");
    }
}
