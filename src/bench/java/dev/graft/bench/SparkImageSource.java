package dev.graft.bench;

import static org.apache.spark.sql.functions.col;

import dev.graft.decode.ResizeMethod;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Spark's own data source {@code image}, on one core: reads and decodes; it does not resize. */
final class SparkImageSource implements Contender {
    private final SparkSession spark = LocalSpark.start(1);
    private final String directory;
    private final int photos;

    /** @param arguments a directory of photos and how many it has */
    SparkImageSource(String... arguments) {
        this.directory = arguments[0];
        this.photos = Integer.parseInt(arguments[1]);
    }

    /** Resized by Graft, for comparison. */
    @Override
    public float[] output() {
        List<Row> images = images().select(
                        "image.height", "image.width", "image.nChannels", "image.data", "image.origin")
                .sort(col("origin"))
                .limit(DecodeLoop.COMPARED)
                .collectAsList();
        Resizer resizer = new Resizer(ResizeMethod.BILINEAR, PhotoDecoder.SIZE);
        float[] all = new float[images.size() * PhotoDecoder.VALUES];
        for (int i = 0; i < images.size(); i++) {
            resizer.resize(rgb(images.get(i)), all, i * PhotoDecoder.VALUES);
        }
        return all;
    }

    /** From blue, green and red, or from grey alone. */
    private static RgbImage rgb(Row image) {
        int height = image.getInt(0);
        int width = image.getInt(1);
        int channels = image.getInt(2);
        byte[] data = image.getAs(3);
        byte[] rgb = new byte[height * width * PhotoDecoder.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / PhotoDecoder.CHANNELS;
            int channel = channels == 1 ? 0 : PhotoDecoder.CHANNELS - 1 - i % PhotoDecoder.CHANNELS;
            rgb[i] = data[pixel * channels + channel];
        }
        return new RgbImage(width, height, rgb);
    }

    @Override
    public double round() {
        images().write().format("noop").mode(SaveMode.Overwrite).save();
        return photos;
    }

    private Dataset<Row> images() {
        return spark.read()
                .format("image")
                .option("pathGlobFilter", "*" + PhotoFolder.PHOTO_SUFFIX)
                .load(directory);
    }

    @Override
    public void close() {
        spark.stop();
    }
}
