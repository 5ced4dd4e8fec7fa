package dev.graft.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The mean of what workers arrived at, weighted by the examples that each consumed. It is taken part by part on the
 * executors, each part in the order of the workers, so that the driver holds the mean and never all of what it is of.
 *
 * @param parameters the mean; empty where no worker had examples
 * @param updaterState the mean; empty where no worker had examples
 */
record ResultsMean(float[] parameters, float[] updaterState) {
    private static final int PART = 1 << 18;

    /** A part of one worker's vector: parameters, then updater state. */
    @DefaultSerializer(JavaSerializer.class)
    private record Part(int worker, long weight, float[] values) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /**
     * Takes the mean.
     *
     * @param results one of each partition
     * @param parameters how many there are
     * @param updaterState how many values of it there are
     */
    static ResultsMean of(JavaRDD<AveragingResult> results, int parameters, int updaterState) {
        List<Tuple2<Integer, float[]>> parts = results.mapPartitionsWithIndex(ResultsMean::parts, true)
                .mapToPair(part -> part)
                .groupByKey(results.getNumPartitions())
                .mapValues(ResultsMean::mean)
                .collect();
        float[] mean = new float[parts.isEmpty() ? 0 : parameters + updaterState];
        parts.forEach(part -> System.arraycopy(part._2(), 0, mean, part._1() * PART, part._2().length));
        int split = Math.min(parameters, mean.length);
        return new ResultsMean(Arrays.copyOf(mean, split), Arrays.copyOfRange(mean, split, mean.length));
    }

    /** One part after another, so that there is never a second copy of all of them. */
    private static Iterator<Tuple2<Integer, Part>> parts(int worker, Iterator<AveragingResult> results) {
        AveragingResult result = results.next();
        int values = result.parameters().length + result.updaterState().length;
        return IntStream.range(0, (values + PART - 1) / PART)
                .mapToObj(part -> new Tuple2<>(part, part(worker, result, part * PART, values)))
                .iterator();
    }

    private static Part part(int worker, AveragingResult result, int start, int end) {
        float[] values = new float[Math.min(PART, end - start)];
        float[] parameters = result.parameters();
        int ofParameters = Math.max(0, Math.min(values.length, parameters.length - start));
        if (ofParameters > 0) {
            System.arraycopy(parameters, start, values, 0, ofParameters);
        }
        int others = values.length - ofParameters;
        if (others > 0) {
            int from = start + ofParameters - parameters.length;
            System.arraycopy(result.updaterState(), from, values, ofParameters, others);
        }
        return new Part(worker, result.examples(), values);
    }

    private static float[] mean(Iterable<Part> ofWorkers) {
        List<Part> parts = new ArrayList<>();
        ofWorkers.forEach(parts::add);
        parts.sort(Comparator.comparingInt(Part::worker));
        WeightedMean mean = new WeightedMean();
        parts.forEach(part -> mean.add(part.values(), part.weight()));
        return mean.mean();
    }
}
