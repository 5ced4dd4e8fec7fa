package dev.graft.decode;

import java.util.concurrent.TimeUnit;

/**
 * What the fuzzer calls: all of the decoder that is Java. Native decoders would take the fuzzer with them, and are
 * attacked by {@link HostileFilesTest}; here only the checks before them run.
 */
public final class FuzzTarget {
    private static final int MOST_PIXELS = 100_000;
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final ImageDecoder DECODER = new ImageDecoder(Drawings.SETTINGS.withMaxPixels(MOST_PIXELS));

    private FuzzTarget() {}

    /** The name is the fuzzer's. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        long start = System.nanoTime();
        try {
            decode(bytes);
        } catch (RejectedException e) {
            // As good as pixels.
        }
        long nanos = System.nanoTime() - start;
        if (nanos > SLOWEST_NANOS) {
            throw new IllegalStateException("Cannot decode " + bytes.length + " bytes in time: "
                    + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
        }
    }

    private static void decode(byte[] bytes) throws RejectedException {
        ImageHeader header = ImageHeader.parse(bytes);
        DecodingCost.of(bytes, header);
        switch (header.format()) {
            case PNG -> PngFile.criticalChunks(bytes);
            case WEBP -> WebpFile.pictureOnly(bytes);
            case JPEG -> {
                if (new JpegMarkers(bytes).readFrame().coding() != JpegFrame.Coding.ARITHMETIC) {
                    decodeWhole(bytes);
                }
            }
            case GIF, BMP -> decodeWhole(bytes);
        }
    }

    private static void decodeWhole(byte[] bytes) {
        if (DECODER.decode(bytes) instanceof RgbImage image && image.width() * image.height() > MOST_PIXELS) {
            throw new IllegalStateException(image.width() + "x" + image.height() + " pixels");
        }
    }
}
