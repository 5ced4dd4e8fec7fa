package dev.graft.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** What comes with Java: {@code javax.imageio}, and Java2D's bilinear scaling, which rounds to whole values. */
final class ImageIoDecoder implements PhotoDecoder {
    private final BufferedImage resized = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    private final int[] pixels = ((DataBufferInt) resized.getRaster().getDataBuffer()).getData();
    private final Graphics2D canvas = resized.createGraphics();

    ImageIoDecoder() {
        ImageIO.setUseCache(false);
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    }

    @Override
    public void decode(byte[] jpeg, float[] rgb) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        if (image == null) {
            throw new IOException("Cannot decode a photo of " + jpeg.length + " bytes: javax.imageio knows no such");
        }
        canvas.drawImage(image, 0, 0, SIZE, SIZE, null);
        for (int i = 0; i < pixels.length; i++) {
            int pixel = pixels[i];
            rgb[CHANNELS * i] = (pixel >> 16) & 0xFF;
            rgb[CHANNELS * i + 1] = (pixel >> 8) & 0xFF;
            rgb[CHANNELS * i + 2] = pixel & 0xFF;
        }
    }

    @Override
    public void close() {
        canvas.dispose();
    }
}
