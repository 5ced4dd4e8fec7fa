package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.manifest.ListingNote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pages as a browser shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunPageTest {
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

    private static Gallery gallery() {
        List<Picture> pictures = List.of(
                new Picture(PIXEL, RunRecords.HOSTILE, "s3a://photos/" + RunRecords.HOSTILE),
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
        open(RunRecords.run(Outcome.PROMOTED, "not worse than the current model"), "promoted");
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
        open(
                RunRecords.run(
                        Outcome.CANDIDATE_REFUSED,
                        "accuracy is lower",
                        "recall of " + RunRecords.HOSTILE + " is lower"),
                "refused");
        assertThat(text("document.querySelector('#verdict h2').innerText")).isEqualTo("Refused: the candidate");
        assertThat(text("[...document.querySelectorAll('#verdict li')].map(each => each.innerText).join('; ')"))
                .isEqualTo("accuracy is lower; recall of " + RunRecords.HOSTILE + " is lower");
        assertThat(text("document.querySelector('#verdict').innerText"))
                .endsWith("Version 20260313-030400-a1b2c3 stays the current model.");
    }

    @Test
    void figuresAreThoseOfTheRecord() throws Exception {
        browser.show(1200, 800, "light");
        open(RunRecords.run(Outcome.PROMOTED, "better"), "figures");
        assertThat(text("document.querySelector('#accounting').innerText"))
                .isEqualTo("images 2,436 = written 200 + reused 2,234 + rejected 2,"
                        + " of which 1 timed out: the next run tries them again");
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
                .contains("30 pictures are gone.")
                .contains("1 of 200 test images stand among the training images too")
                .contains(
                        "moved by 0.012, those of dog (0.450 to 0.460) most, the features by 0.046 standard deviations")
                .contains("200 labelled images were added and 50 have another label now")
                .contains("sure that 60 are wrong");
    }

    @Test
    void chartsAreDrawnFromTheHistory() throws Exception {
        browser.show(1200, 800, "light");
        open(RunRecords.run(Outcome.PROMOTED, "better"), "charts");
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
        open(RunRecords.run(Outcome.PROMOTED, RunRecords.HOSTILE), "hostile");
        assertThat(text("document.title")).startsWith("pets: promoted");
        assertThat(browser.run("return document.querySelectorAll('script').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(text("document.querySelector('#mistakes figcaption').innerText"))
                .startsWith(RunRecords.HOSTILE);
    }

    @Test
    void thePageNeedsNothingElse() throws Exception {
        browser.show(1200, 800, "light");
        open(RunRecords.run(Outcome.PROMOTED, "better"), "alone");
        assertThat(browser.run("return performance.getEntriesByType('resource').filter(each =>"
                                + " !each.name.startsWith('data:')).map(each => each.name)")
                        .toString())
                .isEqualTo("[]");
    }

    @Test
    void aPhoneShowsThePageWithoutScrollingSidewaysInLightAndDark() throws Exception {
        for (String scheme : List.of("light", "dark")) {
            browser.show(390, 844, scheme);
            open(RunRecords.run(Outcome.DATA_REFUSED, "the labels look wrong"), "phone-" + scheme);
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
                page,
                IndexPage.html(
                        "s3a://models/pets",
                        List.of(
                                IndexRow.of(RunRecords.run(Outcome.CANDIDATE_REFUSED, "worse")),
                                IndexRow.of(RunRecords.run(Outcome.PROMOTED, RunRecords.HOSTILE)),
                                IndexRow.of(night(NightRecord.Kind.NOTHING_NEW, 2436, "nothing new"), ""),
                                IndexRow.of(night(NightRecord.Kind.FAILED, -1, RunRecords.HOSTILE), "nights/x.html")),
                        "Only the latest are shown."));
        browser.open(page);
        assertThat(text("document.querySelector('table').innerText"))
                .isEqualTo(
                        "ended outcome accuracy images why 2026-03-15 03:00:00 nothing new - 2,436 nothing new To know: 2"
                                + " 2026-03-15 03:00:00 failed - - " + RunRecords.HOSTILE
                                + " 2026-03-14 03:05:07 refused 0.9450 2,436 worse"
                                + " 2026-03-14 03:05:07 promoted 0.9450 2,436 " + RunRecords.HOSTILE);
        assertThat(text("document.querySelector('#left').innerText")).isEqualTo("Only the latest are shown.");
        assertThat(text("[...document.querySelectorAll('td a')].map(each => each.getAttribute('href')).join(' ')"))
                .isEqualTo("nights/x.html 20260314-030000-bb/report.html 20260314-030000-bb/report.html");
        assertThat(text("[...document.querySelectorAll('details li')].map(each => each.textContent).join('; ')"))
                .isEqualTo("Note: " + RunRecords.HOSTILE
                        + "; ignored 500 files that are not images, such as s3a://photos/a.heic");
    }

    private static NightRecord night(NightRecord.Kind kind, long images, String message) {
        return new NightRecord(
                kind,
                Instant.parse("2026-03-15T03:00:00Z"),
                images,
                message,
                List.of(new ListingNote(ListingNote.Kind.NOT_IMAGES, 500, List.of("s3a://photos/a.heic"))),
                List.of("Note: " + RunRecords.HOSTILE));
    }

    @Test
    void aNightThatFailedHasAPageWithItsMessage() throws Exception {
        browser.show(1200, 800, "light");
        Path page = directory.resolve("failed.html");
        NightRecord night = night(NightRecord.Kind.FAILED, -1, "Cannot read " + RunRecords.HOSTILE);
        Files.writeString(page, FailurePage.html("s3a://models/pets", night, "seed = 1"));
        browser.open(page);
        assertThat(text("document.querySelector('#message').innerText")).isEqualTo("Cannot read " + RunRecords.HOSTILE);
        assertThat(text("document.querySelector('#settings pre').innerText")).isEqualTo("seed = 1");
        assertThat(text("document.querySelector('#notes').innerText")).isEqualTo("Note: " + RunRecords.HOSTILE);
        assertThat(text("document.querySelector('#listing').innerText"))
                .isEqualTo("ignored 500 files that are not images, such as s3a://photos/a.heic");
    }

    @Test
    void classesThatCameAndWentAndPicturesUnderTwoLabelsAreNamed() throws Exception {
        browser.show(1200, 800, "light");
        open(RunRecords.run(Outcome.PROMOTED, "better"), "classes");
        assertThat(text("document.querySelector('#class-changes').innerText"))
                .isEqualTo(
                        "Since the current model was trained, classes gained: bird; lost: " + RunRecords.HOSTILE + ".");
        assertThat(text("document.querySelector('#ambiguous').innerText"))
                .startsWith("2 images have a content that also stands under another label, such as one.jpg (dog) and"
                        + " two.jpg (" + RunRecords.HOSTILE + ")");
    }
}
