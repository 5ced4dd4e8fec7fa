package dev.graft.features;

import dev.graft.nn.ForwardPass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Takes prepared images through a network, a batch at a time. Every image has one outcome; within a batch, those that
 * are refused come first.
 */
final class NetworkPass implements Iterator<ImageOutcome> {
    private final DecodeAhead images;
    private final ForwardPass forward;
    private final float[] pixels;
    private final List<PreparedImage.Pixels> batch = new ArrayList<>();
    private final Deque<ImageOutcome> ready = new ArrayDeque<>();

    /** @param imageValues values of one image's pixels */
    NetworkPass(DecodeAhead images, ForwardPass forward, int imageValues) {
        this.images = images;
        this.forward = forward;
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
            PreparedImage next = images.next();
            if (next instanceof PreparedImage.Pixels image) {
                add(image);
            } else {
                ready.add((ImageOutcome.Refused) next);
            }
        }
        if (!batch.isEmpty()) {
            float[] outputs = forward.run(pixels, batch.size());
            int width = forward.outputValues();
            for (int i = 0; i < batch.size(); i++) {
                PreparedImage.Pixels image = batch.get(i);
                float[] values = Arrays.copyOfRange(outputs, i * width, (i + 1) * width);
                ready.add(new ImageOutcome.Computed(image.image(), image.file(), values));
            }
        }
    }

    private void add(PreparedImage.Pixels image) {
        int values = image.values().length;
        System.arraycopy(image.values(), 0, pixels, batch.size() * values, values);
        images.recycle(image.values());
        batch.add(image);
    }
}
