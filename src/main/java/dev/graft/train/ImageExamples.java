package dev.graft.train;

import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.Classes;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Labels;
import dev.graft.averaging.Shares;
import dev.graft.forward.FrozenStage;
import dev.graft.forward.ImageValues;
import dev.graft.nn.FloatArrays;
import dev.graft.settings.Seeds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Training examples of fine-tuning: images, or activations of a layer, in the shape in which they enter what trains.
 * They may be augmented and taken through what is frozen below on their way, minibatch by minibatch.
 */
final class ImageExamples implements ExampleSource {
    private static final int STEPS_ALONE = 16;

    private final JavaRDD<ImageValues> images;
    private final FrozenStage below;
    private final AugmentSettings augment;
    private final long[] shape;
    private final Classes classes;
    private final long seed;
    private final Shares shares;

    /**
     * @param images in a partition for each worker
     * @param below what they go through
     * @param augment how they are drawn before
     * @param shape of one image as it enters what trains: height, width, channels
     * @param seed of the order of examples
     */
    ImageExamples(
            JavaRDD<ImageValues> images,
            FrozenStage below,
            AugmentSettings augment,
            long[] shape,
            Classes classes,
            long seed) {
        this.images = images;
        this.below = below;
        this.augment = augment;
        this.shape = shape.clone();
        this.classes = classes;
        this.seed = seed;
        this.shares = classes.shares(images);
    }

    @Override
    public long[] classCounts() {
        return shares.classCounts();
    }

    @Override
    public int workers() {
        return images.getNumPartitions();
    }

    @Override
    public long largestShare() {
        return shares.largest();
    }

    /** Each holds its images on the heap. */
    @Override
    public int stepsAlone() {
        return STEPS_ALONE;
    }

    @Override
    public JavaRDD<DataSet> minibatches(int epoch, int batch, int first, int count) {
        int[] sizes = shares.ofWorkers().mapToInt(Math::toIntExact).toArray();
        long order = Seeds.mix(seed, epoch);
        FrozenStage.Task task = below.task(augment, epoch);
        Minibatches minibatches = new Minibatches(shape, classes);
        return images.mapPartitionsWithIndex(
                (worker, partition) -> {
                    int[] shuffled = Shuffle.of(sizes[worker], Seeds.mix(order, worker));
                    Iterator<ImageValues> taken =
                            taken(partition, shuffled, (long) first * batch, (long) count * batch);
                    return minibatches.of(task.call(taken), batch);
                },
                true);
    }

    /** The images of a partition that stand at some places of an order, in that order. */
    private static Iterator<ImageValues> taken(Iterator<ImageValues> partition, int[] order, long from, long count) {
        int begin = (int) Math.min(from, order.length);
        int end = (int) Math.min(from + count, order.length);
        int[] places = new int[order.length];
        for (int i = begin; i < end; i++) {
            places[order[i]] = i - begin + 1;
        }
        ImageValues[] taken = new ImageValues[end - begin];
        for (int i = 0; i < order.length; i++) {
            if (!partition.hasNext()) {
                throw changed(order.length);
            }
            ImageValues image = partition.next();
            if (places[i] > 0) {
                taken[places[i] - 1] = image;
            }
        }
        if (partition.hasNext()) {
            throw changed(order.length);
        }
        return List.of(taken).iterator();
    }

    private static IllegalStateException changed(int count) {
        return new IllegalStateException("Cannot go on training: of the images of a worker " + count
                + " could be decoded at first, and now it is another number (files were changed, or cannot be read)");
    }

    /** What makes minibatches of images; crosses to executors. */
    private record Minibatches(long[] shape, Classes classes) implements Serializable {
        private static final long serialVersionUID = 1;

        Iterator<DataSet> of(Iterator<ImageValues> inputs, int batch) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return inputs.hasNext();
                }

                @Override
                public DataSet next() {
                    List<ImageValues> examples = new ArrayList<>();
                    while (inputs.hasNext() && examples.size() < batch) {
                        examples.add(inputs.next());
                    }
                    return minibatch(examples);
                }
            };
        }

        private DataSet minibatch(List<ImageValues> examples) {
            int count = examples.size();
            int width = examples.get(0).values().length;
            int outputs = classes.outputs();
            float[] inputs = new float[count * width];
            float[] labels = new float[count * outputs];
            for (int i = 0; i < count; i++) {
                System.arraycopy(examples.get(i).values(), 0, inputs, i * width, width);
                Labels.set(
                        labels,
                        i * outputs,
                        outputs,
                        classes.index(examples.get(i).label()));
            }
            long[] shapeOfAll = LongStream.concat(LongStream.of(count), LongStream.of(shape))
                    .toArray();
            return new DataSet(FloatArrays.array(inputs, shapeOfAll), FloatArrays.matrix(labels, count));
        }
    }

    /** The images belong to whoever made them. */
    @Override
    public void close() {}
}
