package dev.graft.features;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.Decoded;
import dev.graft.decode.ImageBytes;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ImageReader;
import dev.graft.decode.ReadImage;
import dev.graft.decode.Rejected;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.manifest.ManifestColumns;
import dev.graft.nn.ForwardPass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Takes the images of a partition through a network: reads, decodes, resizes and runs them, a batch at a time. Every
 * image has one outcome; within a batch, those that are refused come first.
 */
final class NetworkPass implements Iterator<ImageOutcome> {
    private static final int RGB = 3;

    private final Iterator<Row> images;
    private final ForwardPass forward;
    private final ImageReader reader;
    private final ImageDecoder decoder;
    private final Resizer resizer;
    private final int imageValues;
    private final float[] pixels;
    private final List<Pending> batch = new ArrayList<>();
    private final Deque<ImageOutcome> ready = new ArrayDeque<>();

    /** @param inputSize side of the network's input, in pixels */
    NetworkPass(Iterator<Row> images, ForwardPass forward, int inputSize, DecodeSettings decode, Configuration hadoop) {
        this.images = images;
        this.forward = forward;
        this.reader = new ImageReader(decode, hadoop);
        this.decoder = new ImageDecoder(decode);
        this.resizer = new Resizer(decode.resize(), inputSize);
        this.imageValues = inputSize * inputSize * RGB;
        this.pixels = new float[forward.batch() * imageValues];
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || images.hasNext();
    }

    @Override
    public ImageOutcome next() {
        if (ready.isEmpty()) {
            runBatch();
        }
        if (ready.isEmpty()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void runBatch() {
        batch.clear();
        while (images.hasNext() && batch.size() < forward.batch()) {
            prepare(images.next());
        }
        if (!batch.isEmpty()) {
            float[] outputs = forward.run(pixels, batch.size());
            int width = forward.outputValues();
            for (int i = 0; i < batch.size(); i++) {
                float[] values = Arrays.copyOfRange(outputs, i * width, (i + 1) * width);
                ready.add(new ImageOutcome.Computed(
                        batch.get(i).image(), batch.get(i).file(), values));
            }
        }
    }

    /** Decodes an image into its place in the batch, or refuses it. */
    private void prepare(Row image) {
        ReadImage read = reader.read(image.getAs(ManifestColumns.URI));
        if (read instanceof Rejected rejected) {
            ready.add(new ImageOutcome.Refused(image, null, rejected));
        } else if (read instanceof ImageBytes bytes) {
            ImageFile file = ImageFile.of(bytes);
            Decoded decoded = decoder.decode(bytes.bytes());
            if (decoded instanceof Rejected rejected) {
                ready.add(new ImageOutcome.Refused(image, file, rejected));
            } else if (decoded instanceof RgbImage rgb) {
                resizer.resize(rgb, pixels, batch.size() * imageValues);
                batch.add(new Pending(image, file));
            }
        }
    }

    /** An image in the batch whose output is still to come. */
    private record Pending(Row image, ImageFile file) {}
}
