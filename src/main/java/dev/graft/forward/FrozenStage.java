package dev.graft.forward;

import dev.graft.augment.AugmentSettings;
import dev.graft.augment.Augmenter;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * A frozen network as a map stage over decoded images, which are augmented on the way if asked. The network goes to each
 * executor once, is compiled there once, and never leaves.
 */
public final class FrozenStage implements AutoCloseable {
    private final @Nullable Broadcast<FrozenNetwork> network;
    private final int inputSize;
    private final int batch;

    /**
     * Sends a network to the executors.
     *
     * @param network null where images go on as they are
     * @param inputSize side of the decoded images, in pixels
     * @param batch images in one forward pass
     */
    public FrozenStage(SparkSession spark, @Nullable FrozenNetwork network, int inputSize, int batch) {
        this.network = network == null
                ? null
                : spark.sparkContext().broadcast(network, ClassTag$.MODULE$.apply(FrozenNetwork.class));
        this.inputSize = inputSize;
        this.batch = batch;
    }

    /** Takes images through the network as they are; they come out in order. */
    public JavaRDD<ImageValues> plain(JavaRDD<ImageValues> images) {
        return onSlots(images.mapPartitions(task(null, 0)::call));
    }

    /**
     * Augments images and takes them through the network; they come out in order.
     *
     * @param round of draws
     */
    public JavaRDD<ImageValues> augmented(JavaRDD<ImageValues> images, AugmentSettings augment, long round) {
        return onSlots(images.mapPartitions(task(augment, round)::call));
    }

    private JavaRDD<ImageValues> onSlots(JavaRDD<ImageValues> stage) {
        return network == null ? stage : GpuSlots.on(stage);
    }

    /** What augments images of a partition and takes them through the network, for one that is read in another way. */
    public Task task(@Nullable AugmentSettings augment, long round) {
        boolean draws = augment != null && !augment.isEmpty();
        return new Task(network, draws ? augment : null, round, inputSize, batch);
    }

    @Override
    public void close() {
        if (network != null) {
            network.destroy();
        }
    }

    /** What crosses to executors: settings and handles, never a network. */
    public record Task(
            @Nullable Broadcast<FrozenNetwork> network,
            @Nullable AugmentSettings augment,
            long round,
            int inputSize,
            int batch)
            implements Serializable {
        private static final long serialVersionUID = 1;

        /** Takes images through the network, within a Spark task. */
        public Iterator<ImageValues> call(Iterator<ImageValues> images) {
            Iterator<ImageValues> drawn = augment == null ? images : augmented(images, augment);
            if (network == null || !images.hasNext()) {
                return drawn;
            }
            ForwardPass forward = NetworkCache.take(network, batch);
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener)
                    context -> NetworkCache.giveBack(context, network, forward));
            return new Batches(drawn, forward);
        }

        private Iterator<ImageValues> augmented(Iterator<ImageValues> images, AugmentSettings how) {
            Augmenter augmenter = new Augmenter(how, inputSize);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return images.hasNext();
                }

                @Override
                public ImageValues next() {
                    ImageValues image = images.next();
                    float[] values = new float[image.values().length];
                    augmenter.augment(image.values(), image.sha256(), round, values, 0);
                    return image.withValues(values);
                }
            };
        }
    }

    /** Images through a network, a batch at a time. */
    private static final class Batches implements Iterator<ImageValues> {
        private final Iterator<ImageValues> images;
        private final ForwardPass forward;
        private final List<ImageValues> batch = new ArrayList<>();
        private final Deque<ImageValues> ready = new ArrayDeque<>();
        private float[] inputs = new float[0];

        Batches(Iterator<ImageValues> images, ForwardPass forward) {
            this.images = images;
            this.forward = forward;
        }

        @Override
        public boolean hasNext() {
            return !ready.isEmpty() || images.hasNext();
        }

        @Override
        public ImageValues next() {
            if (ready.isEmpty()) {
                run();
            }
            return ready.remove();
        }

        private void run() {
            batch.clear();
            while (images.hasNext() && batch.size() < forward.batch()) {
                add(images.next());
            }
            float[] outputs = forward.run(inputs, batch.size());
            int width = forward.outputValues();
            for (int i = 0; i < batch.size(); i++) {
                ready.add(batch.get(i).withValues(Arrays.copyOfRange(outputs, i * width, (i + 1) * width)));
            }
        }

        private void add(ImageValues image) {
            int values = image.values().length;
            if (inputs.length == 0) {
                inputs = new float[forward.batch() * values];
            }
            System.arraycopy(image.values(), 0, inputs, batch.size() * values, values);
            batch.add(image);
        }
    }
}
