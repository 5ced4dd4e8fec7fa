package dev.graft.bench;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** The format that photos are in when they are decoded: as they come, or encoded anew by OpenCV, as it does by default. */
enum Reencoding {
    JPEG(""),
    PNG(".png"),
    WEBP(".webp");

    private final String extension;

    Reencoding(String extension) {
        this.extension = extension;
    }

    byte[] of(byte[] jpeg) throws IOException {
        if (extension.isEmpty()) {
            return jpeg;
        }
        try (BytePointer bytes = new BytePointer(jpeg);
                Mat input = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes);
                Mat image = opencv_imgcodecs.imdecode(input, opencv_imgcodecs.IMREAD_COLOR);
                BytePointer encoded = new BytePointer()) {
            if (image.empty() || !opencv_imgcodecs.imencode(extension, image, encoded)) {
                throw new IOException("Cannot encode a photo of " + jpeg.length + " bytes as " + extension);
            }
            byte[] result = new byte[(int) encoded.limit()];
            encoded.get(result);
            return result;
        }
    }
}
