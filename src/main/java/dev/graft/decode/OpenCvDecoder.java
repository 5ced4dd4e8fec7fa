package dev.graft.decode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes with OpenCV what this package does not decode itself. It gets only bytes whose header was checked and whose
 * work is bounded, since nothing stops it once it has begun, and keeps no native memory from one image to the next.
 */
final class OpenCvDecoder {
    private static final int FLAGS = opencv_imgcodecs.IMREAD_COLOR_RGB | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

    static {
        // A task has its own core; OpenCV's threads would only get into the way of the others.
        opencv_core.setNumThreads(1);
    }

    private OpenCvDecoder() {}

    static RgbImage decode(byte[] encoded, ImageHeader header) throws RejectedException {
        try (BytePointer bytes = new BytePointer(encoded);
                Mat input = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes);
                Mat image = read(input, header)) {
            if (image.empty() || image.cols() != header.width() || image.rows() != header.height()) {
                throw undecodable(header);
            }
            byte[] rgb = new byte[header.width() * header.height() * RgbImage.CHANNELS];
            image.data().get(rgb);
            return new RgbImage(header.width(), header.height(), rgb);
        }
    }

    private static Mat read(Mat input, ImageHeader header) throws RejectedException {
        try {
            return opencv_imgcodecs.imdecode(input, FLAGS);
        } catch (RuntimeException e) {
            // JavaCPP's translation of every C++ exception; what it says is of OpenCV's own files and lines.
            throw undecodable(header);
        }
    }

    private static RejectedException undecodable(ImageHeader header) {
        return RejectedException.corrupt(header.format() + " data that cannot be decoded");
    }
}
