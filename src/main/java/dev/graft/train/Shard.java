package dev.graft.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.graft.averaging.Labels;
import dev.graft.nn.FloatArrays;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The examples of one worker, as flat arrays.
 *
 * @param features of one example after another
 * @param labels index of each example's class
 * @param outputs of the head: one for two classes
 */
@DefaultSerializer(JavaSerializer.class)
record Shard(float[] features, int[] labels, int outputs) implements Serializable {
    private static final long serialVersionUID = 1;

    static Shard of(List<Example> examples, int outputs) {
        int width = examples.isEmpty() ? 0 : examples.get(0).features().length;
        float[] features = new float[Math.multiplyExact(examples.size(), width)];
        int[] labels = new int[examples.size()];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(examples.get(i).features(), 0, features, i * width, width);
            labels[i] = examples.get(i).label();
        }
        return new Shard(features, labels, outputs);
    }

    /** How many examples it has of each class. */
    long[] counts(int classes) {
        long[] counts = new long[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    int size() {
        return labels.length;
    }

    /**
     * Some of an epoch's minibatches; the order of the examples is drawn anew for each epoch.
     *
     * @param order seed of the epoch's order
     * @param first the first minibatch, from zero
     * @param count how many, fewer where the epoch ends
     */
    Iterator<DataSet> minibatches(long order, int batch, int first, int count) {
        int[] shuffled = Shuffle.of(size(), order);
        return LongStream.range(first, (long) first + count)
                .map(minibatch -> minibatch * batch)
                .takeWhile(start -> start < size())
                .mapToObj(start -> minibatch(shuffled, (int) start, (int) Math.min(start + batch, size())))
                .iterator();
    }

    private DataSet minibatch(int[] order, int start, int end) {
        int width = features.length / size();
        float[] inputs = new float[(end - start) * width];
        float[] targets = new float[(end - start) * outputs];
        for (int i = start; i < end; i++) {
            System.arraycopy(features, order[i] * width, inputs, (i - start) * width, width);
            Labels.set(targets, (i - start) * outputs, outputs, labels[order[i]]);
        }
        return new DataSet(FloatArrays.matrix(inputs, end - start), FloatArrays.matrix(targets, end - start));
    }

    /** All examples in their own order, as a matrix of features. */
    INDArray featureMatrix() {
        return FloatArrays.matrix(features, size());
    }
}
