package dev.graft.forward;

import dev.graft.compiled.ForwardPass;
import dev.graft.spark.Counter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes prepared images through a network, a batch at a time. Every image has one outcome; within a batch,
 * those that do not go through the network come first.
 */
final class NetworkPass implements Iterator<ImageOutcome> {
    private final DecodeAhead images;
    private final ForwardPass forward;
    private final float[] pixels;
    private final int imageValues;
    private final int views;
    private final List<View> batch = new ArrayList<>();
    private final Deque<ImageOutcome> ready = new ArrayDeque<>();

    private PreparedImage.@Nullable Pixels current;
    private int nextView;

    /** One view of an image. */
    private record View(PreparedImage.Pixels image, int view) {}

    /**
     * @param imageValues values of one view's pixels
     * @param views of each image
     */
    NetworkPass(DecodeAhead images, ForwardPass forward, int imageValues, int views) {
        this.imageValues = imageValues;
        this.views = views;
        this.images = images;
        this.forward = forward;
        this.pixels = new float[forward.batch() * imageValues];
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || current != null || images.hasNext();
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
        while (batch.size() < forward.batch() && takeImage()) {
            add();
        }
        if (!batch.isEmpty()) {
            long start = System.nanoTime();
            float[] outputs = forward.run(pixels, batch.size());
            Counter.FORWARD_NANOS.add(System.nanoTime() - start);
            Counter.VIEWS_FORWARDED.add(batch.size());
            int width = forward.outputValues();
            for (int i = 0; i < batch.size(); i++) {
                PreparedImage.Pixels image = batch.get(i).image();
                float[] values = Arrays.copyOfRange(outputs, i * width, (i + 1) * width);
                ready.add(new ImageOutcome.Computed(
                        image.image(), image.file(), batch.get(i).view(), values));
            }
        }
    }

    /** Makes sure that there is an image with a view left; false when all images have gone. */
    private boolean takeImage() {
        while (current == null && images.hasNext()) {
            PreparedImage next = images.next();
            if (next instanceof PreparedImage.Pixels image) {
                current = image;
                nextView = 0;
            } else {
                ready.add((ImageOutcome) next);
            }
        }
        return current != null;
    }

    /** Adds the next view of the current image. */
    private void add() {
        PreparedImage.Pixels image = Objects.requireNonNull(current);
        System.arraycopy(image.values(), nextView * imageValues, pixels, batch.size() * imageValues, imageValues);
        batch.add(new View(image, nextView));
        nextView++;
        if (nextView == views) {
            images.recycle(image.values());
            current = null;
        }
    }
}
