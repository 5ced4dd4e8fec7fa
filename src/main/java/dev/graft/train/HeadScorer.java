package dev.graft.train;

import dev.graft.nn.FloatArrays;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Scores a head on dealt examples, where they lie. */
final class HeadScorer {
    private HeadScorer() {}

    private record Sums(long examples, double loss, long right) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static Score score(ComputationGraph head, Examples examples) {
        if (examples.count() == 0) {
            return Score.of(0, 0, 0);
        }
        JavaSparkContext spark = new JavaSparkContext(examples.shards().context());
        Broadcast<AveragingState> state = spark.broadcast(AveragingState.of(head));
        try {
            AveragingWorker worker = new AveragingWorker(state);
            List<Sums> parts = examples.shards()
                    .mapPartitions(shards -> sums(worker, shards))
                    .collect();
            long right = parts.stream().mapToLong(Sums::right).sum();
            return Score.of(
                    examples.count(), parts.stream().mapToDouble(Sums::loss).sum(), right);
        } finally {
            state.destroy();
        }
    }

    private static Iterator<Sums> sums(AveragingWorker worker, Iterator<Shard> shards) {
        Shard shard = shards.next();
        if (shard.size() == 0) {
            return Collections.emptyIterator();
        }
        ComputationGraph network = worker.getInitialModelGraph();
        float[] logits = FloatArrays.values(network.outputSingle(shard.featureMatrix()));
        worker.release(network);
        int outputs = logits.length / shard.size();
        double loss = 0;
        long right = 0;
        for (int i = 0; i < shard.size(); i++) {
            float[] probabilities = Probabilities.of(logits, i * outputs, outputs);
            int label = shard.labels()[i];
            loss += Probabilities.crossEntropy(logits, i * outputs, outputs, label);
            right += Probabilities.largest(probabilities) == label ? 1 : 0;
        }
        return Collections.singleton(new Sums(shard.size(), loss, right)).iterator();
    }
}
