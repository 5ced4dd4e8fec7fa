package dev.graft.decode;

/**
 * What decoding an image takes beside its file, in bytes of heap and of native memory together: an upper bound, from its
 * format and header alone, the same on every machine.
 */
final class DecodingCost {
    private static final int RGB = RgbImage.CHANNELS;

    /** A native decoder's pixels, and the array that they are copied to. */
    private static final int NATIVE = 2 * RGB;

    /** Of the file: its critical chunks, put together and then cut to length, and the copy for the native decoder. */
    private static final int PNG_FILE_COPIES = 3;

    /** Of the file: the part that is decoded, the copy for the native decoder, and what that may set aside of it. */
    private static final int WEBP_FILE_COPIES = 3;

    /** Lossless WebP is decoded to 32 bits a pixel first. */
    private static final int LOSSLESS_WEBP = NATIVE + Integer.BYTES;

    /** An index for each pixel, then its colours. */
    private static final int INDEXED = 1 + RGB;

    private DecodingCost() {}

    static long bytes(byte[] encoded, ImageHeader header) throws RejectedException {
        return switch (header.format()) {
            case JPEG -> jpeg(encoded);
            case PNG -> NATIVE * header.pixels() + PNG_FILE_COPIES * (long) encoded.length;
            case GIF, BMP -> INDEXED * header.pixels();
            case WEBP ->
                (WebpFile.isLossless(encoded) ? LOSSLESS_WEBP : NATIVE) * header.pixels()
                        + WEBP_FILE_COPIES * (long) encoded.length;
        };
    }

    private static long jpeg(byte[] encoded) throws RejectedException {
        JpegMarkers markers = new JpegMarkers(encoded);
        JpegFrame frame = markers.readFrame();
        return switch (frame.coding()) {
            case SEQUENTIAL -> markers.scan().hasAll(frame) ? frame.bytesByRows() : frame.bytesWhole();
            case PROGRESSIVE -> frame.bytesWhole();
            case ARITHMETIC -> frame.bytesWhole() + RGB * frame.pixels() + encoded.length;
        };
    }
}
