package dev.graft.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.jspecify.annotations.Nullable;

/**
 * What one worker made of its part of a round.
 *
 * @param parameters after its last step; empty when it had no examples
 * @param updaterState after its last step
 * @param steps how many it made
 * @param examples how many it consumed
 * @param lossSum sum of the losses of its examples
 * @param scores of its examples as they were trained on; null when it had none
 */
@DefaultSerializer(JavaSerializer.class)
record AveragingResult(
        float[] parameters,
        float[] updaterState,
        int steps,
        long examples,
        double lossSum,
        @Nullable ScoreSums scores) implements TrainingResult, Serializable {
    private static final long serialVersionUID = 1;

    static AveragingResult withoutExamples() {
        return new AveragingResult(new float[0], new float[0], 0, 0, 0, null);
    }

    /** What it counted, without where the worker arrived. */
    AveragingResult withoutNumbers() {
        return new AveragingResult(new float[0], new float[0], steps, examples, lossSum, scores);
    }

    /** Statistics of DL4J's own are not collected; the round is reported by {@link Round}. */
    @Override
    public void setStats(SparkTrainingStats stats) {
        throw new UnsupportedOperationException("Cannot attach statistics to a result: none are collected");
    }
}
