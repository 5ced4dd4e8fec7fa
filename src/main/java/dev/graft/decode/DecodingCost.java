package dev.graft.decode;

/**
 * What decoding an image takes beside its file: an upper bound, worked out from its format and header alone, the same on
 * every machine.
 *
 * @param heap bytes of the Java heap
 * @param outside bytes that a native decoder takes
 */
record DecodingCost(long heap, long outside) {
    private static final int RGB = RgbImage.CHANNELS;

    /** Of the file: its pixels and its critical chunks, each put together and then cut to length. */
    private static final int PNG_FILE_COPIES = 4;

    /** Of the file, outside: its copy, and what a decoder may set aside of it. */
    private static final int WEBP_FILE_COPIES = 2;

    /** Lossless WebP is decoded to 32 bits a pixel first, and from there, if it announces alpha, to as many again. */
    private static final int LOSSLESS_WEBP = 2 * Integer.BYTES;

    /** An index for each pixel, then its colours. */
    private static final int INDEXED = 1 + RGB;

    static DecodingCost of(byte[] encoded, ImageHeader header) throws RejectedException {
        long pixels = header.pixels();
        long file = encoded.length;
        return switch (header.format()) {
            case JPEG -> ofJpeg(encoded);
            case PNG -> new DecodingCost(RGB * pixels + PNG_FILE_COPIES * file, RGB * pixels + file);
            case GIF, BMP -> new DecodingCost(INDEXED * pixels, 0);
            case WEBP -> new DecodingCost(RGB * pixels + file, WEBP_FILE_COPIES * file + webpDecoder(encoded, header));
        };
    }

    private static long webpDecoder(byte[] encoded, ImageHeader header) throws RejectedException {
        return WebpFile.isLossless(encoded)
                ? LOSSLESS_WEBP * header.pixels() + WebpFile.tableBytes(encoded, header)
                : RGB * header.pixels();
    }

    private static DecodingCost ofJpeg(byte[] encoded) throws RejectedException {
        JpegMarkers markers = new JpegMarkers(encoded);
        JpegFrame frame = markers.readFrame();
        return switch (frame.coding()) {
            case SEQUENTIAL ->
                new DecodingCost(markers.scan().hasAll(frame) ? frame.bytesByRows() : frame.bytesWhole(), 0);
            case PROGRESSIVE -> new DecodingCost(frame.bytesWhole(), 0);
            case ARITHMETIC -> new DecodingCost(RGB * frame.pixels(), frame.bytesWhole() + encoded.length);
        };
    }

    long bytes() {
        return heap + outside;
    }
}
