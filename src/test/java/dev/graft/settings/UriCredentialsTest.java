package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriCredentialsTest {
    private static final String PARTS = "s3a://abfss://hdfs://file:///x:@/8020[]%é.-+ \"";

    @ParameterizedTest
    @CsvSource({
        "s3a://AKIA:secret@bucket/x, s3a://***@bucket/x",
        "s3a://AKIA:se/cr/et@bucket/x, s3a://***@bucket/x",
        "s3a://AKIA:/secret@bucket/x, s3a://***@bucket/x",
        "S3A://AKIA:80/secret@bucket/x, S3A://***@bucket/x",
        "s3://AKIA:8020/secret@bucket/x, s3://***@bucket/x",
        "s3a://AKIA:a@b/c@bucket/x, s3a://***@bucket/x",
        "s3a://token@bucket/x, s3a://***@bucket/x",
        "ftp://u:topsecret@127.0.0.1:9/x.jpg, ftp://***@127.0.0.1:9/x.jpg",
        "ftp://u:top/secret@127.0.0.1:9/x.jpg, ftp://***@127.0.0.1:9/x.jpg",
        "abfss://container@account:secret@host/x, abfss://***@host/x",
        "hdfs://u:p@[::1]:8020/x, hdfs://***@[::1]:8020/x",
        "s3a://***@bucket/x, s3a://***@bucket/x"
    })
    void userAndSecretAreRedacted(String uri, String redacted) {
        assertThat(UriCredentials.redacted(uri)).isEqualTo(redacted);
        assertThat(UriCredentials.redactedUri(uri)).isEqualTo(redacted);
        assertThat(UriCredentials.isIn(uri)).isTrue();
        assertThat(UriCredentials.isIn(redacted)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:/a/user@host/x",
                "file:///a/user@host/x:y",
                "/a/user@host/x",
                "hdfs://nn/dir/a@b/c",
                "hdfs://nn/dir:8/a@b/c",
                "hdfs://nn:8020/user@realm/x",
                "hdfs://[::1]:8020/user@realm/x",
                "s3a://bucket/a@b:c/d",
                "abfss://container@account.dfs.core.windows.net",
                "abfss://container@account.dfs.core.windows.net/x",
                "wasbs://$root@account.blob.core.windows.net/a@b",
                "s3a://bucket",
                "hdfs://nn:8020",
                "a@b.example",
                "models/pets@20260314-091500-a1b2c3",
                "models: see https://example.org/x and write to a@b.example",
                ""
            })
    void anAtInAPathStays(String text) {
        assertThat(UriCredentials.redacted(text)).isEqualTo(text);
        assertThat(UriCredentials.isIn(text)).isFalse();
    }

    @Test
    void everyUriOfATextIsRedacted() {
        assertThat(UriCredentials.redacted(
                        "--manifest s3a://a:b/c@d/m.csv --weights=\"ftp://e:f@g/w.h5\" --out file:/h@i\n"))
                .isEqualTo("--manifest s3a://***@d/m.csv --weights=\"ftp://***@g/w.h5\" --out file:/h@i\n");
        assertThat(UriCredentials.redacted("x,s3a://bucket/x,s3a://a:b/c@d/x"))
                .isEqualTo("x,s3a://bucket/x,s3a://***@d/x");
    }

    @Test
    void aUriByItselfMayHaveBlanksAndQuotesInItsSecret() {
        assertThat(UriCredentials.redactedUri("ftp://u:top se\"cr'et\n@host/x")).isEqualTo("ftp://***@host/x");
    }

    /** Spark redacts by the pattern alone. */
    @Test
    void thePatternFindsWhatIsRedacted() {
        Pattern pattern = Pattern.compile("(?i)" + UriCredentials.IN_TEXT);
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            while (random.nextInt(12) > 0) {
                int start = random.nextInt(PARTS.length());
                text.append(PARTS, start, Math.min(PARTS.length(), start + 1 + random.nextInt(8)));
            }
            String redacted = UriCredentials.redacted(text.toString());

            assertThat(pattern.matcher(text).replaceAll("***@")).as("%s", text).isEqualTo(redacted);
            assertThat(UriCredentials.redacted(redacted)).as("%s", text).isEqualTo(redacted);
        }
    }

    @Test
    void longTextsCostNoTime() {
        String many = "://".repeat(300_000);
        assertThatCode(() -> {
                    UriCredentials.redacted(many);
                    UriCredentials.redacted("a@" + many);
                    UriCredentials.redactedUri("a@" + many);
                    UriCredentials.redacted(many + "@");
                })
                .doesNotThrowAnyException();
    }
}
