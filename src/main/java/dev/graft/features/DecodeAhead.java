package dev.graft.features;

import dev.graft.augment.AugmentSettings;
import dev.graft.augment.Augmenter;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.Decoded;
import dev.graft.decode.ImageBytes;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ImageReader;
import dev.graft.decode.ReadImage;
import dev.graft.decode.Rejected;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.manifest.ManifestColumns;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The images of a partition, read, decoded and resized by threads that work ahead of whoever takes them, up to a number
 * of images. They come in the order of the partition.
 */
final class DecodeAhead implements Iterator<PreparedImage>, AutoCloseable {
    private static final int RGB = 3;

    private final Iterator<Row> images;
    private final int inputSize;
    private final Views views;
    private final DecodeSettings decode;
    private final @Nullable KnownContents known;
    private final Configuration hadoop;
    private final int ahead;
    private final ExecutorService threads;
    private final Queue<Future<PreparedImage>> coming = new ArrayDeque<>();
    private final Queue<Tools> idleTools = new ConcurrentLinkedQueue<>();
    private final Queue<float[]> idlePixels = new ConcurrentLinkedQueue<>();

    /** What a thread works with; none of it may be shared. */
    private record Tools(
            ImageReader reader,
            ImageDecoder decoder,
            Resizer resizer,
            @Nullable Augmenter augmenter) {}

    /**
     * Begins to read.
     *
     * @param inputSize side of the resized images, in pixels
     * @param views of each image
     * @param threads how many
     * @param ahead the number of images that may wait to be taken
     * @param known contents of images that need not be decoded; null where all must
     */
    DecodeAhead(
            Iterator<Row> images,
            int inputSize,
            Views views,
            DecodeSettings decode,
            Configuration hadoop,
            int threads,
            int ahead,
            @Nullable KnownContents known) {
        this.images = images;
        this.inputSize = inputSize;
        this.views = views;
        this.decode = decode;
        this.hadoop = hadoop;
        this.ahead = ahead;
        this.known = known;
        this.threads = Executors.newFixedThreadPool(threads, DecodeAhead::thread);
        fill();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, Thread.currentThread().getName() + ", decoding ahead");
        thread.setDaemon(true);
        return thread;
    }

    private void fill() {
        while (coming.size() < ahead && images.hasNext()) {
            Row image = images.next();
            coming.add(threads.submit(() -> prepare(image)));
        }
    }

    @Override
    public boolean hasNext() {
        return !coming.isEmpty();
    }

    @Override
    public PreparedImage next() {
        Future<PreparedImage> first = coming.remove();
        fill();
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while an image was decoded", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure
                ? failure
                : new IllegalStateException("Cannot prepare an image", cause);
    }

    /** Takes pixels back that nobody reads any more. */
    void recycle(float[] pixels) {
        idlePixels.add(pixels);
    }

    private PreparedImage prepare(Row image) {
        Tools tools = idleTools.poll();
        if (tools == null) {
            AugmentSettings augment = views.augment();
            tools = new Tools(
                    new ImageReader(decode, hadoop),
                    new ImageDecoder(decode),
                    new Resizer(decode.resize(), inputSize),
                    augment == null ? null : new Augmenter(augment, inputSize));
        }
        PreparedImage prepared = prepare(image, tools);
        idleTools.add(tools);
        return prepared;
    }

    private PreparedImage prepare(Row image, Tools tools) {
        ReadImage read = tools.reader().read(image.getAs(ManifestColumns.URI));
        if (read instanceof Rejected rejected) {
            Counter.IMAGES_REJECTED.add(1);
            return new ImageOutcome.Refused(image, null, rejected);
        }
        Counter.IMAGES_READ.add(1);
        ImageBytes bytes = (ImageBytes) read;
        ImageFile file = ImageFile.of(bytes);
        if (known != null && known.has(file.sha256())) {
            return new ImageOutcome.Known(image, file);
        }
        Decoded decoded = tools.decoder().decode(bytes.bytes());
        if (decoded instanceof Rejected rejected) {
            Counter.IMAGES_REJECTED.add(1);
            return new ImageOutcome.Refused(image, file, rejected);
        }
        Counter.IMAGES_DECODED.add(1);
        float[] pixels = idlePixels.poll();
        if (pixels == null) {
            pixels = new float[views.count() * inputSize * inputSize * RGB];
        }
        tools.resizer().resize((RgbImage) decoded, pixels, 0);
        addViews(pixels, file, tools.augmenter());
        return new PreparedImage.Pixels(image, file, pixels);
    }

    /** Draws what follows the first view. */
    private void addViews(float[] pixels, ImageFile file, @Nullable Augmenter augmenter) {
        if (augmenter != null) {
            int values = pixels.length / views.count();
            for (int view = 1; view < views.count(); view++) {
                augmenter.augment(pixels, file.sha256(), view, pixels, view * values);
            }
        }
    }

    /** Gives up whatever nobody has taken. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
