package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTextTest {
    @Test
    void controlCharactersAreShownAsTheirCode() {
        assertThat(ShownText.name("a\u001B[31mb\r\n\tc\u0000\u007F\u0085\u009B\u2028\u2029"))
                .isEqualTo("a\\u001B[31mb\\u000D\\u000A\\u0009c\\u0000\\u007F\\u0085\\u009B\\u2028\\u2029");
    }

    @Test
    void directionsAreShownAsTheirCode() {
        assertThat(ShownText.name("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C"))
                .isEqualTo("\\u202A\\u202B\\u202C\\u202D\\u202E\\u2066\\u2067\\u2068\\u2069\\u200E\\u200F\\u061C");
    }

    @Test
    void halfACharacterIsShownAsItsCode() {
        assertThat(ShownText.name("a\uD83Db")).isEqualTo("a\\uD83Db");
    }

    @Test
    void lettersOfAnyScriptStay() {
        String name = "Löwe 猫 été חתול قطة 🐈 family: 👩\u200D👩\u200D👧 soft\u00ADhyphen";

        assertThat(ShownText.name(name)).isEqualTo(name);
        assertThat(ShownText.line(name)).isEqualTo(name);
        assertThat(ShownText.lines(name)).isEqualTo(name);
    }

    @Test
    void longNamesAreCut() {
        assertThat(ShownText.name("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(ShownText.name("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
        assertThat(ShownText.name("🐈".repeat(5_000_000)))
                .hasSizeLessThanOrEqualTo(400)
                .endsWith("…");
        assertThat(ShownText.name("\u001B".repeat(2_000_000))).hasSize(200).endsWith("…");
    }

    @Test
    void linesStayWhereTheyAreMeant() {
        assertThat(ShownText.line("a\nb")).isEqualTo("a\\u000Ab");
        assertThat(ShownText.lines("a\n\tb\r\u001B[2J")).isEqualTo("a\n\tb\\u000D\\u001B[2J");
    }
}
