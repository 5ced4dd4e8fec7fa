package dev.graft.train;

import dev.graft.averaging.Classes;
import dev.graft.averaging.Score;
import dev.graft.averaging.ScoreSums;
import dev.graft.averaging.Scorer;
import dev.graft.base.Layout;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.forward.FrozenStage;
import dev.graft.forward.ImageValues;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Scores a network on images, or on activations of a layer, where they lie.
 *
 * @param values as they enter the network
 * @param shape of one image's: height, width, channels
 * @param batch images in one forward pass
 */
record NetworkScorer(SparkSession spark, JavaRDD<ImageValues> values, long[] shape, Classes classes, int batch)
        implements Scorer {

    @Override
    public Score score(ComputationGraph network) {
        FrozenNetwork frozen = FrozenNetwork.of(network, Layout.LOGITS, shape);
        try (FrozenStage stage = new FrozenStage(spark, frozen, Math.toIntExact(shape[0]), batch)) {
            Classes known = classes;
            List<ScoreSums> parts = stage.plain(values)
                    .mapPartitions(logits -> sums(logits, known))
                    .collect();
            return total(parts, classes.outputs()).score();
        }
    }

    private static Iterator<ScoreSums> sums(Iterator<ImageValues> logits, Classes classes) {
        ScoreSums sums = new ScoreSums(classes.outputs());
        logits.forEachRemaining(image -> sums.add(image.values(), 0, classes.index(image.label())));
        return Collections.singleton(sums).iterator();
    }

    static ScoreSums total(List<ScoreSums> parts, int outputs) {
        ScoreSums total = new ScoreSums(outputs);
        parts.forEach(total::add);
        return total;
    }

    /** The images belong to whoever made them. */
    @Override
    public void close() {}
}
