package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.settings.InvalidInputException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitSharesTest {
    private static final SplitShares SHARES = new SplitShares(0.8, 0.1, 0.1);
    private static final int IMAGES = 100_000;

    /** Five standard deviations of the largest binomial share. */
    private static final double TOLERANCE = 5 * Math.sqrt(0.8 * 0.2 / IMAGES);

    @Test
    void sharesAreMetWithinTheErrorOfSampling() {
        Map<Split, Integer> counts = counts(SHARES, 42);

        assertThat(counts.get(Split.TRAIN) / (double) IMAGES).isCloseTo(0.8, within(TOLERANCE));
        assertThat(counts.get(Split.VALIDATION) / (double) IMAGES).isCloseTo(0.1, within(TOLERANCE));
        assertThat(counts.get(Split.TEST) / (double) IMAGES).isCloseTo(0.1, within(TOLERANCE));
    }

    @Test
    void splitIsTheHeadOfTheDigestComparedWithTheShares() throws NoSuchAlgorithmException {
        for (String uri : new String[] {"a.jpg", "cat/ä ,\"%20#.jpg", "s3a://bucket/x.png"}) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(("7\n" + uri).getBytes(StandardCharsets.UTF_8));
            BigInteger whole = new BigInteger(1, digest);
            double position = whole.doubleValue() / BigInteger.TWO.pow(256).doubleValue();
            Split expected = position < 0.4 ? Split.TRAIN : position < 0.7 ? Split.VALIDATION : Split.TEST;

            assertThat(new SplitShares(0.4, 0.3, 0.3).split(uri, 7)).isEqualTo(expected);
        }
    }

    @Test
    void largerTrainShareMovesNoImageOutOfTrain() {
        SplitShares larger = new SplitShares(0.9, 0.05, 0.05);

        assertThat(uris().filter(uri -> SHARES.split(uri, 1) == Split.TRAIN))
                .allMatch(uri -> larger.split(uri, 1) == Split.TRAIN);
    }

    @Test
    void anotherSeedDrawsAnotherSplit() {
        long same = uris().filter(uri -> SHARES.split(uri, 1) == SHARES.split(uri, 2))
                .count();

        double expected = 0.8 * 0.8 + 0.1 * 0.1 + 0.1 * 0.1;
        assertThat(same / (double) IMAGES)
                .isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / IMAGES)));
    }

    @Test
    void splitWithoutAShareGetsNoImage() {
        assertThat(counts(new SplitShares(1, 0, 0), 3)).containsOnlyKeys(Split.TRAIN);
        assertThat(counts(new SplitShares(0.9, 0.1, 0), 3)).containsOnlyKeys(Split.TRAIN, Split.VALIDATION);
        assertThat(counts(new SplitShares(0.9, 0, 0.1), 3)).containsOnlyKeys(Split.TRAIN, Split.TEST);
    }

    @Test
    void sharesThatDoNotSumToOneAreRefused() {
        assertThatThrownBy(() -> new SplitShares(0.8, 0.1, 0.2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid split: 0.8, 0.1, 0.2 "
                        + "(expected three shares from 0 to 1 that sum to 1, the first above 0)");
    }

    private static Map<Split, Integer> counts(SplitShares shares, long seed) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        uris().forEach(uri -> counts.merge(shares.split(uri, seed), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    private static Stream<String> uris() {
        return IntStream.range(0, IMAGES).mapToObj(i -> "class/image." + i + ".jpg");
    }
}
