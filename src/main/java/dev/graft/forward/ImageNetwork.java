package dev.graft.forward;

import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageMemory;
import dev.graft.settings.InvalidInputException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * A frozen network as a map stage over a table of images. The network goes to each executor once, is compiled there
 * once, and never leaves.
 */
public final class ImageNetwork implements AutoCloseable {
    private static final int RGB = 3;
    private static final int BATCHES_AHEAD = 2;

    private final Broadcast<FrozenNetwork> network;
    private final SerializableConfiguration hadoop;
    private final LongAccumulator done;
    private final int inputSize;
    private final Views views;
    private final DecodeSettings decode;
    private final int batch;
    private final long waiting;

    /** What a row of the result is made of; runs on executors. */
    public interface RowOf extends Serializable {
        Row row(ImageOutcome outcome);
    }

    /**
     * Sends a network to the executors.
     *
     * @param inputSize side of its input, in pixels
     * @param views of each image that go through it
     * @param batch images in one forward pass
     */
    public ImageNetwork(
            SparkSession spark, FrozenNetwork network, int inputSize, Views views, DecodeSettings decode, int batch) {
        long imageValues = (long) inputSize * inputSize * RGB;
        requireRoom("extract.batch", batch, imageValues);
        requireRoom("extract.views", views.count(), imageValues);
        ExecutorHeap heap = ExecutorHeap.of(spark.sparkContext());
        this.waiting = heap.tasks() * waitingBytes(decode, views, batch, imageValues, heap.bytes(), heap.taskCores());
        heap.requireRoomForImages(decode, waiting);
        this.network = spark.sparkContext().broadcast(network, ClassTag$.MODULE$.apply(FrozenNetwork.class));
        this.hadoop = new SerializableConfiguration(spark.sessionState().newHadoopConf());
        this.done = spark.sparkContext().longAccumulator("images");
        this.inputSize = inputSize;
        this.views = views;
        this.decode = decode;
        this.batch = batch;
    }

    /**
     * What a task holds beside the images that it decodes, in bytes: resized ones that wait, those in the batch, and what
     * its threads keep.
     *
     * @param heap the largest that it may be
     * @param cores of the task
     * @param imageValues of one view
     */
    public static long waitingBytes(
            DecodeSettings decode, Views views, int batch, long imageValues, long heap, int cores) {
        long bytes = imageValues * Float.BYTES;
        return ImageMemory.arrayBytes(
                        heap, imagesAhead(decode, views, batch, cores) + decode.threads(cores), views.count() * bytes)
                + batch * bytes
                + decode.threads(cores) * ImageMemory.keptByThread();
    }

    /** As many as fill batches, in all their views, but no fewer than keep the threads at work. */
    private static int imagesAhead(DecodeSettings decode, Views views, int batch, int taskCores) {
        return Math.max(2 * decode.threads(taskCores), BATCHES_AHEAD * batch / views.count());
    }

    private static void requireRoom(String key, int images, long imageValues) {
        if (images * imageValues > Integer.MAX_VALUE) {
            throw new InvalidInputException("Invalid " + key + ": " + images + " (so many images have more than 2^31"
                    + " values together; lower it)");
        }
    }

    /** Images that finished tasks have dealt with, whatever their outcome. */
    public long done() {
        return done.value();
    }

    /**
     * Takes every image of a table through the network.
     *
     * @param images rows with a uri
     * @param schema of the result
     * @param rowOf makes a row of the result from an image's outcome
     */
    public Dataset<Row> map(Dataset<Row> images, StructType schema, RowOf rowOf) {
        return map(images, schema, rowOf, null);
    }

    /** The same without the images whose content is known. */
    public Dataset<Row> map(
            Dataset<Row> images, StructType schema, RowOf rowOf, @Nullable Broadcast<KnownContents> known) {
        Task task = new Task(network, hadoop, done, inputSize, views, decode, batch, waiting, rowOf, known);
        SparkSession spark = images.sparkSession();
        return GpuSlots.areOf(spark.sparkContext())
                ? spark.createDataFrame(GpuSlots.on(images.toJavaRDD().mapPartitions(task::call)), schema)
                : images.mapPartitions(task, Encoders.row(schema));
    }

    @Override
    public void close() {
        network.destroy();
    }

    /** What crosses to executors: settings and handles, never a network. */
    private record Task(
            Broadcast<FrozenNetwork> network,
            SerializableConfiguration hadoop,
            LongAccumulator done,
            int inputSize,
            Views views,
            DecodeSettings decode,
            int batch,
            long waiting,
            RowOf rowOf,
            @Nullable Broadcast<KnownContents> known)
            implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Row> call(Iterator<Row> images) {
            if (!images.hasNext()) {
                return images;
            }
            TaskContext task = TaskContext.get();
            ImageMemory.reachFor(decode, waiting);
            DecodeAhead prepared = new DecodeAhead(
                    images,
                    inputSize,
                    views,
                    decode,
                    hadoop.value(),
                    decode.threads(task.cpus()),
                    imagesAhead(decode, views, batch, task.cpus()),
                    known == null ? null : known.value());
            task.addTaskCompletionListener((TaskCompletionListener) context -> prepared.close());
            ForwardPass forward = NetworkCache.take(network, batch);
            task.addTaskCompletionListener(
                    (TaskCompletionListener) context -> NetworkCache.giveBack(context, network, forward));
            NetworkPass pass = new NetworkPass(prepared, forward, inputSize * inputSize * RGB, views.count());
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return pass.hasNext();
                }

                @Override
                public Row next() {
                    ImageOutcome outcome = pass.next();
                    if (!(outcome instanceof ImageOutcome.Computed computed && computed.view() > 0)) {
                        done.add(1);
                    }
                    return rowOf.row(outcome);
                }
            };
        }
    }
}
