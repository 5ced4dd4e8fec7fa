package dev.graft.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.RejectReason;
import dev.graft.decode.Rejected;
import dev.graft.manifest.ManifestColumns;
import dev.graft.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeAheadTest {
    private static final StructType SCHEMA = new StructType().add(ManifestColumns.URI, DataTypes.StringType);
    private static final int IMAGES = 40;
    private static final int AHEAD = 6;

    private final Path directory;
    private final DecodeSettings decode = DecodeSettings.from(Settings.withDefaults());
    private final CountingIterator rows;
    private final DecodeAhead images;

    DecodeAheadTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            all.add(picture(i));
        }
        this.rows = new CountingIterator(all.iterator());
        this.images = new DecodeAhead(rows, 4, Views.PLAIN, decode, new Configuration(), 3, AHEAD, null);
    }

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void imagesComeInOrderWithTheirOwnPixels() {
        for (int i = 0; i < IMAGES; i++) {
            PreparedImage.Pixels image = (PreparedImage.Pixels) images.next();
            assertThat(image.values()).hasSize(48).containsOnly(i);
            images.recycle(image.values());
        }
        assertThat(images.hasNext()).isFalse();
    }

    @Test
    void noMoreImagesAreTakenThanMayWait() {
        assertThat(rows.taken).isEqualTo(AHEAD);
        images.next();
        images.next();
        assertThat(rows.taken).isEqualTo(AHEAD + 2);
    }

    @Test
    void imageThatIsNotThereIsRefusedInItsPlace() throws IOException {
        Row missing = row(directory.resolve("missing.png").toString());
        List<Row> three = List.of(picture(1), missing, picture(2));
        try (DecodeAhead some =
                new DecodeAhead(three.iterator(), 4, Views.PLAIN, decode, new Configuration(), 2, AHEAD, null)) {
            assertThat(some.next()).isInstanceOf(PreparedImage.Pixels.class);
            assertThat(some.next()).isInstanceOfSatisfying(ImageOutcome.Refused.class, refused -> assertThat(
                            refused.rejected().reason())
                    .isEqualTo(RejectReason.NOT_FOUND));
            assertThat(some.next()).isInstanceOf(PreparedImage.Pixels.class);
        }
    }

    @Test
    void failureReachesTheTaker() {
        StructType other = new StructType().add("name", DataTypes.StringType);
        List<Row> broken = List.of(new GenericRowWithSchema(new Object[] {"a"}, other));
        try (DecodeAhead one =
                new DecodeAhead(broken.iterator(), 4, Views.PLAIN, decode, new Configuration(), 1, AHEAD, null)) {
            assertThatThrownBy(one::next).hasMessageContaining(ManifestColumns.URI);
        }
    }

    @Test
    void imageThatIsNeverReadIsGivenUpAndTheOthersGoOn() throws Exception {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.hanging.impl", HangingFileSystem.class.getName());
        Settings settings = Settings.load(List.of(), List.of("decode.read-timeout=1 s"));
        Row hanging = row("hanging://" + directory.resolve("1.png"));
        List<Row> four = List.of(picture(1), hanging, hanging, picture(2));
        try (DecodeAhead some = new DecodeAhead(
                four.iterator(), 4, Views.PLAIN, DecodeSettings.from(settings), hadoop, 1, AHEAD, null)) {
            Rejected late = new Rejected(RejectReason.TIMED_OUT, "not read after 1 s (decode.read-timeout)");
            assertThat(some.next()).isInstanceOf(PreparedImage.Pixels.class);
            assertThat(some.next()).isEqualTo(new ImageOutcome.Refused(hanging, null, late));
            assertThat(some.next()).isEqualTo(new ImageOutcome.Refused(hanging, null, late));
            assertThat(some.next()).isInstanceOf(PreparedImage.Pixels.class);
        } finally {
            HangingFileSystem.END.countDown();
        }
    }

    /** Local files, whose reads neither end nor let themselves be interrupted. */
    public static final class HangingFileSystem extends RawLocalFileSystem {
        static final CountDownLatch END = new CountDownLatch(1);

        @Override
        public URI getUri() {
            return URI.create("hanging:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            while (END.getCount() > 0) {
                try {
                    END.await();
                } catch (InterruptedException e) {
                    // as a hung NFS server would have it
                }
            }
            return super.open(path, bufferSize);
        }
    }

    /** A picture of one grey, the number of the picture. */
    private Row picture(int number) throws IOException {
        BufferedImage picture = new BufferedImage(5, 7, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 35; i++) {
            picture.setRGB(i % 5, i / 5, number * 0x010101);
        }
        Path file = directory.resolve(number + ".png");
        ImageIO.write(picture, "png", file.toFile());
        return row(file.toUri().toString());
    }

    private static Row row(String uri) {
        return new GenericRowWithSchema(new Object[] {uri}, SCHEMA);
    }

    private static final class CountingIterator implements Iterator<Row> {
        private final Iterator<Row> rows;
        private int taken;

        CountingIterator(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public Row next() {
            taken++;
            return rows.next();
        }
    }
}
