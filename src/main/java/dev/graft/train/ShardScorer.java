package dev.graft.train;

import dev.graft.averaging.AveragingState;
import dev.graft.averaging.Score;
import dev.graft.averaging.ScoreSums;
import dev.graft.averaging.Scorer;
import dev.graft.averaging.Stepper;
import dev.graft.averaging.WorkerNetworks;
import dev.graft.nn.FloatArrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Scores a head on dealt examples, where they lie. */
record ShardScorer(Shards examples, int outputs) implements Scorer {

    @Override
    public Score score(ComputationGraph head) {
        if (examples.shares().count() == 0) {
            return Score.NONE;
        }
        JavaSparkContext spark = new JavaSparkContext(examples.rdd().context());
        Broadcast<AveragingState> state = spark.broadcast(AveragingState.of(head));
        try {
            int logits = outputs;
            List<ScoreSums> parts = examples.rdd()
                    .mapPartitions(shards -> sums(state, shards, logits))
                    .collect();
            return NetworkScorer.total(parts, outputs).score();
        } finally {
            state.destroy();
        }
    }

    private static Iterator<ScoreSums> sums(Broadcast<AveragingState> state, Iterator<Shard> shards, int outputs) {
        Shard shard = shards.next();
        if (shard.size() == 0) {
            return Collections.emptyIterator();
        }
        String configuration = state.value().configuration();
        Stepper stepper = WorkerNetworks.take(configuration);
        ComputationGraph network = stepper.network();
        state.value().restore(network);
        float[] logits = FloatArrays.values(network.outputSingle(shard.featureMatrix()));
        WorkerNetworks.giveBack(configuration, stepper);
        ScoreSums sums = new ScoreSums(outputs);
        for (int i = 0; i < shard.size(); i++) {
            sums.add(logits, i * outputs, shard.labels()[i]);
        }
        return Collections.singleton(sums).iterator();
    }

    @Override
    public void close() {
        examples.close();
    }
}
