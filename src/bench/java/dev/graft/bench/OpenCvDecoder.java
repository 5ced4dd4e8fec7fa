package dev.graft.bench;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** The bare loop that one writes with OpenCV: decode, to float, resize; its matrices are reused from photo to photo. */
final class OpenCvDecoder implements PhotoDecoder {
    private static final int FLAGS = opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;

    private final Mat floats = new Mat();
    private final Mat resized = new Mat();
    private final Size size = new Size(SIZE, SIZE);

    OpenCvDecoder() {
        opencv_core.setNumThreads(1);
    }

    @Override
    public void decode(byte[] jpeg, float[] rgb) throws IOException {
        try (BytePointer bytes = new BytePointer(jpeg);
                Mat input = new Mat(1, jpeg.length, opencv_core.CV_8UC1, bytes);
                Mat image = opencv_imgcodecs.imdecode(input, FLAGS)) {
            if (image.empty()) {
                throw new IOException("Cannot decode a photo of " + jpeg.length + " bytes: OpenCV gives nothing");
            }
            image.convertTo(floats, opencv_core.CV_32FC3);
            opencv_imgproc.resize(floats, resized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            opencv_imgproc.cvtColor(resized, resized, opencv_imgproc.COLOR_BGR2RGB);
            try (FloatPointer values = new FloatPointer(resized.data())) {
                values.get(rgb, 0, VALUES);
            }
        }
    }

    @Override
    public void close() {
        floats.close();
        resized.close();
        size.close();
    }
}
