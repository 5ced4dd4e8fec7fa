package dev.graft.publish;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Draws version ids: {@code yyyyMMdd-HHmmss} in UTC, so that they sort by time, and six random hexadecimal digits. */
final class VersionIds {
    static final String EXAMPLE = "20260314-091500-a1b2c3";

    private static final Pattern PATTERN = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{6}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final RandomGenerator random;

    VersionIds() {
        this(Clock.systemUTC(), new SecureRandom());
    }

    VersionIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        return TIME.format(clock.instant()) + "-" + HexFormat.of().toHexDigits(random.nextInt(), 6);
    }

    static boolean matches(String text) {
        return PATTERN.matcher(text).matches();
    }
}
