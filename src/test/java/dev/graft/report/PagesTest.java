package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final String ODD = "\u001B[31m\u202Egnp\u2066.\nx\u0085" + "y".repeat(300);
    private static final String SHOWN = "\\u001B[31m\\u202Egnp\\u2066.\\u000Ax\\u0085yyy";

    @Test
    void namesAreShownEscapedAndCut() {
        String page = RunPage.html(
                RunRecords.run(Outcome.CANDIDATE_REFUSED, "recall of a\u001B[2J\u202Eb"),
                new Gallery(
                        List.of(new Picture("", ODD, "s3a://photos/" + ODD)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));

        assertThat(page)
                .containsPattern("<div class=\"gone\"></div>\\s*<figcaption>" + Pattern.quote(SHOWN))
                .contains("<span>" + SHOWN)
                .contains("<li>recall of a\\u001B[2J\\u202Eb</li>")
                .doesNotContain("\u001B")
                .doesNotContain("\u202E")
                .doesNotContain("y".repeat(200));
    }

    @Test
    void whatLiesBesideTheImagesIsNamed() {
        assertThat(RunPage.html(
                        RunRecords.run(Outcome.PROMOTED, "because"),
                        new Gallery(List.of(), List.of(), List.of(), List.of(), List.of())))
                .contains("<li>Warning: augment is not used</li>")
                .contains("<li>ignored 1 folder that is hidden, such as s3a://photos/.git</li>")
                .contains("<li>ignored 2 files that are not images, such as s3a://photos/&lt;script&gt;");
    }

    @Test
    void settingsKeepTheirLines() {
        assertThat(RunPage.html(
                        RunRecords.run(Outcome.PROMOTED, "because"),
                        new Gallery(List.of(), List.of(), List.of(), List.of(), List.of())))
                .contains("<pre>")
                .doesNotContain("\\u000A");
    }
}
