package dev.graft.bench;

import dev.graft.drawn.DrawnClass;
import dev.graft.drawn.DrawnImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;

/**
 * Stands in for photos where there are none: drawings of the size and the entropy that photos on the web have, 500 x 375
 * pixels at a little more than one bit a pixel. The same on every machine.
 */
final class DrawnPhotos {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 375;
    private static final int CHANNELS = 3;
    private static final float QUALITY = 0.82f;
    private static final long SEED = 20_261_124;

    private DrawnPhotos() {}

    /** Draws as many as asked for into a directory that it makes. */
    static List<Path> write(Path directory, int count) throws IOException {
        return write(directory, count, WIDTH, HEIGHT);
    }

    /** The same in another size, in pixels; no higher than wide. */
    static List<Path> write(Path directory, int count, int width, int height) throws IOException {
        Files.createDirectories(directory);
        List<DrawnClass> classes = DrawnClass.animals();
        List<Path> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path photo = directory.resolve(String.format(Locale.ROOT, "%05d.jpg", i));
            write(draw(classes.get(i % classes.size()), i, width, height), photo);
            photos.add(photo);
        }
        return photos;
    }

    /** The middle of a square drawing, as wide as it. */
    private static BufferedImage draw(DrawnClass drawn, int index, int width, int height) {
        byte[] square = DrawnImages.drawSquare(drawn, SEED, index, width);
        int start = (width - height) / 2 * width * CHANNELS;
        int[] values = new int[width * height * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = square[start + i] & 0xFF;
        }
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        photo.getRaster().setPixels(0, 0, width, height, values);
        return photo;
    }

    private static void write(BufferedImage photo, Path path) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (FileImageOutputStream output = new FileImageOutputStream(path.toFile())) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(photo, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
