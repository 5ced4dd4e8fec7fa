package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The shares of the three splits, and the split of each image by a hash of its uri.
 *
 * <p>An image's split depends on its own uri, the seed and the shares, on no other image.
 */
public record SplitShares(double train, double validation, double test) implements Serializable {
    static final String EXPECTATION = "expected three shares from 0 to 1 that sum to 1, the first above 0";

    private static final double ROUNDING = 1e-9;
    private static final int FRACTION_BITS = 53;

    public SplitShares {
        if (!fit(List.of(train, validation, test))) {
            throw new InvalidInputException(
                    "Invalid split: %s, %s, %s (%s)".formatted(train, validation, test, EXPECTATION));
        }
    }

    static boolean fit(List<Double> shares) {
        return shares.size() == Split.values().length
                && shares.get(0) > 0
                && shares.stream().allMatch(share -> share >= 0)
                && Math.abs(shares.stream().mapToDouble(Double::doubleValue).sum() - 1) <= ROUNDING;
    }

    static SplitShares of(List<Double> shares) {
        return new SplitShares(shares.get(0), shares.get(1), shares.get(2));
    }

    /** The split of the image at {@code uri}, which is taken as it is written in the manifest. */
    public Split split(String uri, long seed) {
        double position = position(uri, seed);
        if (position < train || validation + test == 0) {
            return Split.TRAIN;
        }
        return position < train + validation || test == 0 ? Split.VALIDATION : Split.TEST;
    }

    /** The first 53 bits of SHA-256 over seed and uri, as a fraction in [0, 1). */
    private static double position(String uri, long seed) {
        byte[] digest = Sha256.start().digest((seed + "\n" + uri).getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - FRACTION_BITS)) * 0x1p-53;
    }
}
