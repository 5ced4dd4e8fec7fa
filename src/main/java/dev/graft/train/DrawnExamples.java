package dev.graft.train;

import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.Classes;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Shares;
import dev.graft.forward.FrozenStage;
import dev.graft.forward.ImageValues;
import dev.graft.settings.Seeds;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Training examples of end-to-end training: for each epoch the images are augmented anew and taken through the frozen
 * base where they lie, so that nothing but the head crosses the network. As the base is frozen, it is the same whether
 * its features are computed as the head asks for them or before it begins the epoch.
 */
final class DrawnExamples implements ExampleSource {
    private final JavaRDD<ImageValues> images;
    private final FrozenStage base;
    private final AugmentSettings augment;
    private final Classes classes;
    private final long seed;
    private final Shares shares;
    private int drawnEpoch;
    private @Nullable Shards drawn;

    /**
     * @param images decoded, in a partition for each worker
     * @param base from pixels to features
     * @param seed of the order of examples
     */
    DrawnExamples(JavaRDD<ImageValues> images, FrozenStage base, AugmentSettings augment, Classes classes, long seed) {
        this.images = images;
        this.base = base;
        this.augment = augment;
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

    @Override
    public JavaRDD<DataSet> minibatches(int epoch, int batch, int first, int count) {
        return StoredExamples.minibatches(of(epoch).rdd(), Seeds.mix(seed, epoch), batch, first, count);
    }

    private Shards of(int epoch) {
        Shards known = drawn;
        if (known == null || drawnEpoch != epoch) {
            close();
            known = Shards.ofImages(base.augmented(images, augment, epoch), classes);
            drawn = known;
            drawnEpoch = epoch;
        }
        return known;
    }

    @Override
    public void close() {
        if (drawn != null) {
            drawn.close();
            drawn = null;
        }
    }
}
