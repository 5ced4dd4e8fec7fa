package dev.graft.decode;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures that the tests draw and encode themselves. */
final class Drawings {
    static final DecodeSettings SETTINGS = new DecodeSettings(
            ResizeMethod.BILINEAR,
            1 << 24,
            10_000_000,
            512L << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            0.05,
            4,
            1,
            0);

    private static final int WEBP_LOSSLESS_QUALITY = 101;

    private Drawings() {}

    /** A smooth gradient with a brighter disc, of one of the types of {@link BufferedImage}. */
    static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        paint(image);
        return image;
    }

    static BufferedImage palettePicture(int width, int height, int bits) {
        int colours = 1 << bits;
        byte[] red = new byte[colours];
        byte[] green = new byte[colours];
        byte[] blue = new byte[colours];
        for (int i = 0; i < colours; i++) {
            red[i] = (byte) (255 * i / (colours - 1));
            green[i] = (byte) (255 - 255 * i / (colours - 1));
            blue[i] = (byte) (i * 37);
        }
        IndexColorModel palette = new IndexColorModel(bits, colours, red, green, blue);
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(width, height, type, palette);
        paint(image);
        return image;
    }

    private static void paint(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = Math.hypot(x - width / 2.0, y - height / 2.0) < Math.min(width, height) / 4.0;
                int red = 200 * x / width;
                int green = 200 * y / height;
                int blue = inside ? 220 : 60;
                int alpha = inside ? 255 : 128;
                image.setRGB(x, y, alpha << 24 | red << 16 | green << 8 | blue);
            }
        }
    }

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer of " + format + " for " + image);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] jpeg(int width, int height) {
        return encode(picture(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    static byte[] progressiveJpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Four components of 8 bits, as they are, without an Adobe segment. */
    static byte[] fourComponentJpeg(Raster raster) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Lossless for the extension {@code .webp} with the highest quality. */
    static byte[] losslessWebp(BufferedImage image) {
        return encodeWithOpenCv(image, ".webp", opencv_imgcodecs.IMWRITE_WEBP_QUALITY, WEBP_LOSSLESS_QUALITY);
    }

    static byte[] encodeWithOpenCv(BufferedImage image, String extension, int parameter, int value) {
        byte[] bgr = rgb(image);
        for (int i = 0; i < bgr.length; i += RgbImage.CHANNELS) {
            byte red = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = red;
        }
        try (BytePointer pixels = new BytePointer(bgr);
                Mat mat = new Mat(image.getHeight(), image.getWidth(), opencv_core.CV_8UC3, pixels);
                BytePointer encoded = new BytePointer();
                IntPointer parameters = new IntPointer(parameter, value)) {
            if (!opencv_imgcodecs.imencode(extension, mat, encoded, parameters)) {
                throw new IllegalArgumentException("OpenCV cannot encode " + extension);
            }
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    /** The picture's own pixels, alpha dropped. */
    static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * RgbImage.CHANNELS];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                rgb[to++] = (byte) (pixel >> 16);
                rgb[to++] = (byte) (pixel >> 8);
                rgb[to++] = (byte) pixel;
            }
        }
        return rgb;
    }

    /** A PNG file with nothing but a header that promises this size. */
    static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.putInt(13).put(new byte[] {'I', 'H', 'D', 'R'}).putInt(width).putInt(height);
        png.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 checksum = new CRC32();
        checksum.update(png.array(), 12, 17);
        png.putInt((int) checksum.getValue());
        return png.array();
    }

    /** The file with bytes put in at a place. */
    static byte[] insert(byte[] file, int at, byte... inserted) {
        byte[] result = Arrays.copyOf(file, file.length + inserted.length);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(file, at, result, at + inserted.length, file.length - at);
        return result;
    }

    static byte[] without(byte[] file, int from, int to) {
        byte[] result = Arrays.copyOf(file, file.length - (to - from));
        System.arraycopy(file, to, result, from, file.length - to);
        return result;
    }
}
