package dev.graft.forward;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageMemory;
import dev.graft.decode.RejectReason;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.spark.Dealt;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Labelled images, decoded and resized once and held by the executors, in memory as far as there is room and else on
 * their disks. Which partition has which images, and in what order, depends on their uris and the number of partitions
 * alone.
 */
public final class DecodedImages implements AutoCloseable {
    /** Text: SHA-256 of an image's bytes, in hexadecimal; a column of {@link #contents}. */
    public static final String CONTENT_SHA256 = "content_sha256";

    private static final int AHEAD = 32;
    private static final int RGB = 3;
    /** Between the uri and the detail of a rejected image, in one text: no class of ours travels among executors. */
    private static final String SEPARATOR = "\0";

    private static final StructType CONTENTS = new StructType()
            .add(ManifestColumns.URI, DataTypes.StringType)
            .add(ManifestColumns.LABEL, DataTypes.StringType)
            .add(ManifestColumns.SPLIT, DataTypes.StringType)
            .add(CONTENT_SHA256, DataTypes.StringType);

    private final JavaRDD<Outcome> outcomes;
    private final long images;

    /** An image, or the reason why there is none. */
    @DefaultSerializer(JavaSerializer.class)
    private record Outcome(ImageValues image, String reason, String detail) implements Serializable {
        private static final long serialVersionUID = 1;

        static Outcome of(PreparedImage prepared) {
            Row row = prepared.image();
            if (prepared instanceof ImageOutcome.Refused refused) {
                return new Outcome(
                        new ImageValues(row.getString(0), row.getString(1), "", new float[0]),
                        refused.rejected().reason().id(),
                        refused.rejected().detail());
            }
            PreparedImage.Pixels pixels = (PreparedImage.Pixels) prepared;
            String sha256 = pixels.file().sha256();
            return new Outcome(new ImageValues(row.getString(0), row.getString(1), sha256, pixels.values()), "", "");
        }

        boolean isDecoded() {
            return reason.isEmpty();
        }
    }

    private DecodedImages(JavaRDD<Outcome> outcomes) {
        this.outcomes = outcomes;
        this.images = outcomes.count();
    }

    /**
     * Decodes the images of a table, and returns when they are decoded.
     *
     * @param table rows with uri and label
     * @param inputSize side of the resized images, in pixels
     */
    public static DecodedImages of(
            SparkSession spark, Dataset<Row> table, int partitions, int inputSize, DecodeSettings decode) {
        ExecutorHeap heap = ExecutorHeap.of(spark.sparkContext());
        long image = (long) inputSize * inputSize * RGB * Float.BYTES;
        long waiting = heap.tasks()
                * (ImageMemory.arrayBytes(heap.bytes(), AHEAD, image)
                        + decode.threads(heap.taskCores()) * ImageMemory.keptByThread());
        heap.requireRoomForImages(decode, waiting);
        JavaRDD<Row> rows = Dealt.deal(
                table.select(ManifestColumns.URI, ManifestColumns.LABEL).toJavaRDD(),
                row -> row.getString(0),
                partitions);
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        return new DecodedImages(rows.mapPartitions(dealt -> decode(dealt, inputSize, decode, waiting, hadoop))
                .persist(StorageLevel.MEMORY_AND_DISK()));
    }

    private static Iterator<Outcome> decode(
            Iterator<Row> rows, int inputSize, DecodeSettings decode, long waiting, SerializableConfiguration hadoop) {
        TaskContext task = TaskContext.get();
        ImageMemory.reachFor(decode, waiting);
        DecodeAhead prepared = new DecodeAhead(
                rows, inputSize, Views.PLAIN, decode, hadoop.value(), decode.threads(task.cpus()), AHEAD, null);
        task.addTaskCompletionListener((TaskCompletionListener) context -> prepared.close());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return prepared.hasNext();
            }

            @Override
            public Outcome next() {
                return Outcome.of(prepared.next());
            }
        };
    }

    /** The images that could be decoded. */
    public JavaRDD<ImageValues> images() {
        return outcomes.filter(Outcome::isDecoded).map(Outcome::image);
    }

    /** The images that could be decoded, by their bytes: uri, label, split, content_sha256. */
    public Dataset<Row> contents(SparkSession spark, Split split) {
        JavaRDD<Row> rows = images().map(
                        image -> RowFactory.create(image.uri(), image.label(), split.columnValue(), image.sha256()));
        return spark.createDataFrame(rows, CONTENTS);
    }

    /** What became of every image; those that were decoded count as written. */
    public Accounting accounting() {
        long rejected = outcomes.filter(outcome -> !outcome.isDecoded()).count();
        long decoded = images().count();
        long timedOut = outcomes.filter(outcome -> outcome.reason().equals(RejectReason.TIMED_OUT.id()))
                .count();
        Accounting accounting = new Accounting(images, decoded, 0, rejected, timedOut);
        accounting.requireBalance();
        return accounting;
    }

    /** How many could be decoded of each label. */
    public SortedMap<String, Long> labels() {
        return new TreeMap<>(images().map(ImageValues::label).countByValue());
    }

    /** Why images were rejected. */
    public List<Rejection> rejections() {
        JavaRDD<Outcome> rejected = outcomes.filter(outcome -> !outcome.isDecoded());
        Map<String, Long> reasons = rejected.map(Outcome::reason).countByValue();
        Map<String, String> examples = rejected.mapToPair(outcome ->
                        new Tuple2<>(outcome.reason(), outcome.image().uri() + SEPARATOR + outcome.detail()))
                .reduceByKey((one, other) -> one.compareTo(other) <= 0 ? one : other)
                .collectAsMap();
        return reasons.entrySet().stream()
                .map(reason -> rejection(
                        reason.getKey(), reason.getValue(), examples.getOrDefault(reason.getKey(), SEPARATOR)))
                .toList();
    }

    /** @param example uri and detail; an image that timed out may have been decoded when it was looked at again */
    private static Rejection rejection(String reason, long images, String example) {
        int end = example.indexOf(SEPARATOR);
        return new Rejection(reason, images, example.substring(0, end), example.substring(end + 1));
    }

    @Override
    public void close() {
        outcomes.unpersist();
    }
}
