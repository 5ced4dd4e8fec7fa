package dev.graft.decode;

/**
 * Decodes encoded images to RGB, the way {@code tf.io.decode_image(bytes, channels=3, expand_animations=False)} does:
 * alpha is dropped and not blended, 16 bits are cut to 8, and the orientation in the EXIF data is ignored.
 *
 * <p>Keeps buffers and is neither thread-safe nor serializable: one per thread, created where it is used.
 */
public final class ImageDecoder {
    /** Part of the fingerprint of features: changes whenever an image may be decoded to other pixels than before. */
    public static final String VERSION = "1";

    private final long maxBytes;
    private final long maxPixels;
    private final JpegDecoder jpegs = new JpegDecoder();

    public ImageDecoder(DecodeSettings settings) {
        this.maxBytes = settings.maxBytes();
        this.maxPixels = settings.maxPixels();
    }

    /** Gives the pixels, or why there are none; never throws for what is in the bytes. */
    public Decoded decode(byte[] encoded) {
        try {
            return decodeChecked(encoded);
        } catch (RejectedException e) {
            return e.rejected();
        }
    }

    private RgbImage decodeChecked(byte[] encoded) throws RejectedException {
        checkBytes(encoded);
        ImageHeader header = ImageHeader.parse(encoded);
        if (header.pixels() > maxPixels) {
            throw new RejectedException(
                    RejectReason.TOO_MANY_PIXELS,
                    header.width() + "x" + header.height() + " pixels (decode.max-pixels = " + maxPixels + ")");
        }
        return switch (header.format()) {
            case JPEG -> jpegs.decode(encoded, header);
            case PNG -> OpenCvDecoder.decode(PngFile.criticalChunks(encoded), header);
            case GIF -> GifFile.parse(encoded).decode(encoded);
            case BMP -> {
                BmpFile.checkComplete(encoded);
                yield OpenCvDecoder.decode(encoded, header);
            }
            case WEBP -> OpenCvDecoder.decode(encoded, header);
        };
    }

    private void checkBytes(byte[] encoded) throws RejectedException {
        if (encoded.length == 0) {
            throw new RejectedException(RejectReason.EMPTY, "0 bytes");
        }
        if (encoded.length > maxBytes) {
            throw new RejectedException(
                    RejectReason.TOO_LARGE, encoded.length + " bytes (decode.max-bytes = " + maxBytes + ")");
        }
    }
}
