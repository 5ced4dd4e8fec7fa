package dev.graft.report;

import dev.graft.augment.AugmentSettings;
import dev.graft.augment.Augmenter;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageBytes;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ImageMemory;
import dev.graft.decode.ImageReader;
import dev.graft.decode.ReadImage;
import dev.graft.decode.Rejected;
import dev.graft.decode.ResizeMethod;
import dev.graft.decode.Resizer;
import dev.graft.storage.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/** Makes small images for a page, square as the base sees them. */
public final class Thumbnails {
    private static final int SIZE = 150;
    private static final int RGB = 3;
    private static final int LARGEST = 255;
    /** The driver decodes them, whose heap may be small. */
    private static final long MOST_PIXELS = 25_000_000;

    private final ImageReader reader;
    private final ImageDecoder decoder;
    private final Resizer resizer = new Resizer(ResizeMethod.BILINEAR_ANTIALIAS, SIZE);

    public Thumbnails(DecodeSettings settings, Configuration hadoop) {
        DecodeSettings small = settings.withMaxPixels(Math.min(settings.maxPixels(), MOST_PIXELS));
        ImageMemory.reachFor(small, 0);
        this.reader = new ImageReader(small, hadoop);
        this.decoder = new ImageDecoder(small);
    }

    /** An image; without its pixels where it cannot be read any more, or is very large. */
    public Picture picture(String uri, String title) {
        return new Picture(small(uri).map(small -> jpeg(small.pixels())).orElse(""), title, uri);
    }

    /** An image as it is, then as augmentation draws it in some epochs; none where it cannot be read any more. */
    public List<Picture> augmented(String uri, AugmentSettings augment, int epochs) {
        Optional<Small> small = small(uri);
        if (small.isEmpty()) {
            return List.of();
        }
        String content = small.get().content();
        float[] pixels = small.get().pixels();
        Augmenter augmenter = new Augmenter(augment, SIZE);
        List<Picture> pictures = new ArrayList<>();
        pictures.add(new Picture(jpeg(pixels), "as it is", uri));
        for (int epoch = 1; epoch <= epochs; epoch++) {
            float[] drawn = new float[pixels.length];
            augmenter.augment(pixels, content, epoch, drawn, 0);
            pictures.add(new Picture(jpeg(drawn), "draw " + epoch, ""));
        }
        return pictures;
    }

    /** An image's digest, and its pixels at the size of a thumbnail. */
    private record Small(String content, float[] pixels) {}

    private Optional<Small> small(String uri) {
        try (ReadImage read = reader.read(uri)) {
            if (!(read instanceof ImageBytes bytes)) {
                return Optional.empty();
            }
            float[] pixels = new float[SIZE * SIZE * RGB];
            Optional<Rejected> rejected = decoder.decode(bytes.bytes(), image -> resizer.resize(image, pixels, 0));
            return rejected.isPresent() ? Optional.empty() : Optional.of(new Small(Sha256.hex(bytes.bytes()), pixels));
        }
    }

    private static String jpeg(float[] pixels) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIZE * SIZE; i++) {
            int red = level(pixels[i * RGB]);
            int green = level(pixels[i * RGB + 1]);
            int blue = level(pixels[i * RGB + 2]);
            image.setRGB(i % SIZE, i / SIZE, red << 16 | green << 8 | blue);
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a thumbnail", e);
        }
        return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray());
    }

    private static int level(float value) {
        return Math.round(Math.max(0, Math.min(LARGEST, value)));
    }
}
