package dev.graft.drawn;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The file formats of the demo's pictures: mostly JPEG, as in a folder of photos, and a few of every other kind. */
enum Encoding {
    JPEG("jpg", "jpeg"),
    GREY_JPEG("jpg", "jpeg"),
    PNG("png", "png"),
    BMP("bmp", "bmp"),
    GIF("gif", "gif");

    private static final int CYCLE = 25;
    private static final double LOWEST_QUALITY = 0.75;
    private static final double HIGHEST_QUALITY = 0.95;

    private final String extension;
    private final String format;

    Encoding(String extension, String format) {
        this.extension = extension;
        this.format = format;
    }

    /** One in 25 pictures in each of the rarer formats, at fixed indices so that their number can be told. */
    static Encoding of(int index) {
        return switch (index % CYCLE) {
            case 3 -> PNG;
            case 9 -> GREY_JPEG;
            case 15 -> BMP;
            case 21 -> GIF;
            default -> JPEG;
        };
    }

    String extension() {
        return extension;
    }

    /** The bytes of the file; the dice choose the quality of a JPEG. */
    byte[] encode(BufferedImage picture, Dice dice) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            BufferedImage image = this == GREY_JPEG ? grey(picture) : picture;
            writer.write(null, new IIOImage(image, null, null), parameters(writer, dice));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private ImageWriteParam parameters(ImageWriter writer, Dice dice) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (this == JPEG || this == GREY_JPEG) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality((float) dice.between(LOWEST_QUALITY, HIGHEST_QUALITY));
        }
        return parameters;
    }

    private static BufferedImage grey(BufferedImage picture) {
        BufferedImage grey = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D canvas = grey.createGraphics();
        canvas.drawImage(picture, 0, 0, null);
        canvas.dispose();
        return grey;
    }
}
