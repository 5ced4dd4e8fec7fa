package dev.graft.decode;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Decodes encoded images to RGB, the way {@code tf.io.decode_image(bytes, channels=3, expand_animations=False)} does:
 * alpha is dropped and not blended, 16 bits are cut to 8, and the orientation in the EXIF data is ignored.
 *
 * <p>Keeps buffers and is neither thread-safe nor serializable: one per thread, created where it is used.
 */
public final class ImageDecoder {
    /** Part of the fingerprint of features: changes whenever an image may be decoded to other pixels than before. */
    public static final String VERSION = "1";

    private final DecodeSettings settings;
    private final Deadline deadline;
    private final JpegDecoder jpegs = new JpegDecoder();

    public ImageDecoder(DecodeSettings settings) {
        this.settings = settings;
        this.deadline = new Deadline(settings.timeout());
        ImageMemory.outside().reachFor(settings.maxImageMemory());
    }

    /**
     * Gives the pixels, or why there are none; never throws for what is in the bytes. Waits until the JVM has the memory
     * that decoding takes; from then on the pixels are the caller's.
     *
     * @throws IllegalStateException when the thread is interrupted while it waits
     */
    public Decoded decode(byte[] encoded) {
        AtomicReference<RgbImage> decoded = new AtomicReference<>();
        Optional<Rejected> rejected = decode(encoded, decoded::set);
        return rejected.isPresent() ? rejected.get() : Objects.requireNonNull(decoded.get());
    }

    /**
     * Decodes an image for somebody who is done with its pixels when he returns: until then they count as memory of this
     * JVM that other images must wait for.
     *
     * @return why there are no pixels, or nothing
     * @throws IllegalStateException when the thread is interrupted while it waits for memory
     */
    public Optional<Rejected> decode(byte[] encoded, Consumer<RgbImage> user) {
        try {
            ImageHeader header = checkedHeader(encoded);
            DecodingCost cost = affordable(encoded, header);
            try (MemoryAllowance.Share pixels = ImageMemory.pixels().take(cost.bytes());
                    MemoryAllowance.Share outside = ImageMemory.outside().take(cost.outside())) {
                deadline.begin();
                user.accept(decode(encoded, header));
            }
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.of(e.rejected());
        } finally {
            deadline.end();
        }
    }

    /** Whether the image under way takes longer than it may; asked by another thread. */
    public boolean isLate() {
        return deadline.isPast();
    }

    private ImageHeader checkedHeader(byte[] encoded) throws RejectedException {
        checkBytes(encoded);
        ImageHeader header = ImageHeader.parse(encoded);
        if (header.pixels() > settings.maxPixels()) {
            throw new RejectedException(
                    RejectReason.TOO_MANY_PIXELS,
                    header.width() + "x" + header.height() + " pixels (decode.max-pixels = " + settings.maxPixels()
                            + ")");
        }
        return header;
    }

    /** What decoding takes, if that is not more than it may. */
    private DecodingCost affordable(byte[] encoded, ImageHeader header) throws RejectedException {
        DecodingCost cost = DecodingCost.of(encoded, header);
        if (cost.bytes() > settings.maxImageMemory()) {
            throw new RejectedException(
                    RejectReason.TOO_EXPENSIVE,
                    header.width() + "x" + header.height() + " pixels of this " + header.format() + " take "
                            + cost.bytes() + " bytes to decode (decode.max-image-memory = "
                            + settings.maxImageMemory() + ")");
        }
        return cost;
    }

    private RgbImage decode(byte[] encoded, ImageHeader header) throws RejectedException {
        return switch (header.format()) {
            case JPEG -> jpegs.decode(encoded, header);
            case PNG -> OpenCvDecoder.decode(PngFile.criticalChunks(encoded), header);
            case GIF -> GifFile.parse(encoded).decode(encoded);
            case BMP -> BmpFile.decode(encoded);
            case WEBP -> OpenCvDecoder.decode(WebpFile.pictureOnly(encoded), header);
        };
    }

    private void checkBytes(byte[] encoded) throws RejectedException {
        if (encoded.length == 0) {
            throw new RejectedException(RejectReason.EMPTY, "0 bytes");
        }
        if (encoded.length > settings.maxBytes()) {
            throw new RejectedException(
                    RejectReason.TOO_LARGE, encoded.length + " bytes (decode.max-bytes = " + settings.maxBytes() + ")");
        }
    }
}
