package dev.graft.forward;

import dev.graft.augment.AugmentSettings;
import dev.graft.augment.Augmenter;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageBytes;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ImageReader;
import dev.graft.decode.ReadImage;
import dev.graft.decode.RejectReason;
import dev.graft.decode.Rejected;
import dev.graft.decode.Resizer;
import dev.graft.manifest.ManifestColumns;
import dev.graft.spark.Counter;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The images of a partition, read, decoded and resized by threads that work ahead of whoever takes them, up to a number
 * of images. They come in the order of the partition.
 *
 * <p>An image that takes longer than it may is given up; should its thread never end, another takes the thread's place.
 */
final class DecodeAhead implements Iterator<PreparedImage>, AutoCloseable {
    private static final int RGB = 3;

    /** How often whoever waits for an image looks whether it is late. */
    private static final long LOOK_MILLIS = 500;

    /** Threads that may hang at the same time, before the storage is taken for dead. */
    private static final int MOST_STUCK = 64;

    private final Iterator<Row> images;
    private final int inputSize;
    private final Views views;
    private final DecodeSettings decode;
    private final @Nullable KnownContents known;
    private final Configuration hadoop;
    private final int ahead;
    private final ThreadPoolExecutor threads;
    private final int wantedThreads;
    private int stuck;
    private final Queue<Preparation> coming = new ArrayDeque<>();
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
        this.wantedThreads = threads;
        this.threads = new ThreadPoolExecutor(
                threads, threads + MOST_STUCK, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DecodeAhead::thread);
        fill();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, Thread.currentThread().getName() + ", decoding ahead");
        thread.setDaemon(true);
        return thread;
    }

    private void fill() {
        while (coming.size() < ahead && images.hasNext()) {
            Preparation preparation = new Preparation(images.next());
            coming.add(preparation);
            threads.execute(preparation.task);
        }
    }

    @Override
    public boolean hasNext() {
        return !coming.isEmpty();
    }

    @Override
    public PreparedImage next() {
        Preparation first = coming.remove();
        fill();
        PreparedImage prepared = outcome(first);
        count(prepared);
        return prepared;
    }

    private PreparedImage outcome(Preparation preparation) {
        try {
            while (true) {
                try {
                    return preparation.task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    Optional<Rejected> late = preparation.late();
                    if (late.isPresent() && preparation.giveUp()) {
                        return new ImageOutcome.Refused(preparation.image, null, late.get());
                    }
                }
            }
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

    private static void count(PreparedImage prepared) {
        if (prepared instanceof ImageOutcome.Refused refused) {
            Counter.IMAGES_REJECTED.add(1);
            Counter.IMAGES_READ.add(refused.file() == null ? 0 : 1);
        } else {
            Counter.IMAGES_READ.add(1);
            Counter.IMAGES_DECODED.add(prepared instanceof PreparedImage.Pixels ? 1 : 0);
        }
    }

    /** Takes pixels back that nobody reads any more. */
    void recycle(float[] pixels) {
        idlePixels.add(pixels);
    }

    /** One image on its way to pixels. */
    private final class Preparation {
        private final Row image;
        private final FutureTask<PreparedImage> task;
        private volatile @Nullable Tools tools;
        private boolean isGivenUp;

        Preparation(Row image) {
            this.image = image;
            this.task = new FutureTask<>(this::prepare);
        }

        private PreparedImage prepare() {
            Tools taken = takeTools();
            tools = taken;
            try {
                return DecodeAhead.this.prepare(image, taken);
            } finally {
                finish(taken);
            }
        }

        private synchronized void finish(Tools taken) {
            tools = null;
            if (isGivenUp) {
                stuck(-1);
            } else {
                idleTools.add(taken);
            }
        }

        /** Why the image is given up, if it takes longer than it may. */
        Optional<Rejected> late() {
            Tools used = tools;
            if (used == null) {
                return Optional.empty();
            }
            if (used.reader().isLate()) {
                return Optional.of(new Rejected(
                        RejectReason.TIMED_OUT,
                        "not read after " + decode.readTimeout().toSeconds() + " s (decode.read-timeout)"));
            }
            return used.decoder().isLate()
                    ? Optional.of(new Rejected(
                            RejectReason.TIMED_OUT,
                            "not decoded after " + decode.timeout().toSeconds() + " s (decode.timeout)"))
                    : Optional.empty();
        }

        /** Gives the image up, unless it is just done: false then. */
        synchronized boolean giveUp() {
            Tools used = tools;
            if (used == null || !task.cancel(true)) {
                return false;
            }
            isGivenUp = true;
            used.reader().giveUp();
            requireFewerThan(stuck(1));
            return true;
        }
    }

    private static void requireFewerThan(int hanging) {
        if (hanging > MOST_STUCK) {
            throw new IllegalStateException("Cannot go on: " + hanging + " images at once are neither read nor given up"
                    + " by their storage (look at the storage, or raise decode.read-timeout)");
        }
    }

    /** So many more threads hang; there are always as many as are wanted, and one for each that does. */
    private synchronized int stuck(int more) {
        stuck += more;
        threads.setCorePoolSize(wantedThreads + Math.min(MOST_STUCK, stuck));
        return stuck;
    }

    private Tools takeTools() {
        Tools idle = idleTools.poll();
        if (idle != null) {
            return idle;
        }
        AugmentSettings augment = views.augment();
        return new Tools(
                new ImageReader(decode, hadoop),
                new ImageDecoder(decode),
                new Resizer(decode.resize(), inputSize),
                augment == null ? null : new Augmenter(augment, inputSize));
    }

    private PreparedImage prepare(Row image, Tools tools) {
        try (ReadImage read = tools.reader().read(image.getAs(ManifestColumns.URI))) {
            return read instanceof ImageBytes bytes
                    ? prepare(image, bytes, tools)
                    : new ImageOutcome.Refused(image, null, (Rejected) read);
        }
    }

    private PreparedImage prepare(Row image, ImageBytes bytes, Tools tools) {
        ImageFile file = ImageFile.of(bytes);
        if (known != null && known.has(file.sha256())) {
            return new ImageOutcome.Known(image, file);
        }
        float[] pixels = takePixels();
        Optional<Rejected> rejected =
                tools.decoder().decode(bytes.bytes(), decoded -> tools.resizer().resize(decoded, pixels, 0));
        if (rejected.isPresent()) {
            recycle(pixels);
            return new ImageOutcome.Refused(image, file, rejected.get());
        }
        addViews(pixels, file, tools.augmenter());
        return new PreparedImage.Pixels(image, file, pixels);
    }

    private float[] takePixels() {
        float[] idle = idlePixels.poll();
        return idle == null ? new float[views.count() * inputSize * inputSize * RGB] : idle;
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
