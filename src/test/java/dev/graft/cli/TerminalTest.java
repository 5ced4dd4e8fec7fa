package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.evaluate.TextTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void controlCharactersAndUserInfoAreNotPrinted() {
        assertThat(Terminal.shown("a\u001B[31m \u202Eb\r s3a://AKIA:se/cret@bucket/x\n\tat c"))
                .isEqualTo("a\\u001B[31m \\u202Eb\\u000D s3a://***@bucket/x\n\tat c");
    }

    @Test
    void tablesStayAlignedWhateverTheNames() {
        assertThat(TextTable.align(List.of(
                        List.of("class", "images"), List.of("a\nb\u001B", "10"), List.of("x".repeat(10_000), "7"))))
                .isEqualTo("class" + " ".repeat(195) + "  images\n"
                        + "a\\u000Ab\\u001B" + " ".repeat(186) + "      10\n"
                        + "x".repeat(199) + "…" + "       7\n");
    }

    @Test
    void messagesNameNoSecretAndSteerNoTerminal() {
        TestSpark.session();
        Cli missing = Cli.run("evaluate", "--manifest", "m.csv", "--model", "gopher://u:top/secret@host/a\u001B[31mb");

        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err())
                .contains(
                        "graft: Cannot open model gopher://***@host/a\\u001B[31mb: No FileSystem for scheme \"gopher\"\n")
                .doesNotContain("secret")
                .doesNotContain("\u001B");

        Cli unknown = Cli.run("evaluate", "--manifests=s3a://u:top/secret@host/\u001B[31mb");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).doesNotContain("secret").doesNotContain("\u001B");
    }
}
