package dev.graft.decode;

/** What the header of an image file says, read before any memory for pixels is asked for. */
record ImageHeader(ImageFormat format, int width, int height) {

    static ImageHeader parse(byte[] encoded) throws RejectedException {
        ImageFormat format = ImageFormat.of(encoded);
        ImageHeader header =
                switch (format) {
                    case JPEG -> ofJpeg(encoded);
                    case PNG -> PngFile.header(encoded);
                    case GIF -> GifFile.parse(encoded).header();
                    case BMP -> BmpFile.header(encoded);
                    case WEBP -> WebpFile.header(encoded);
                };
        if (header.width < 1 || header.height < 1) {
            throw RejectedException.corrupt(format + " of " + header.width + "x" + header.height + " pixels");
        }
        return header;
    }

    long pixels() {
        return (long) width * height;
    }

    private static ImageHeader ofJpeg(byte[] encoded) throws RejectedException {
        JpegFrame frame = new JpegMarkers(encoded).readFrame();
        return new ImageHeader(ImageFormat.JPEG, frame.width(), frame.height());
    }
}
