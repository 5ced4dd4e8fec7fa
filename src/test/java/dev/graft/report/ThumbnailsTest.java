package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.decode.DecodeSettings;
import dev.graft.settings.Settings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {
    private final Path directory;
    private final Thumbnails thumbnails =
            new Thumbnails(DecodeSettings.from(Settings.withDefaults()), new Configuration());

    ThumbnailsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private String png(int width, int height) throws IOException {
        Path file = directory.resolve(width + ".png");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", file.toFile());
        return file.toUri().toString();
    }

    @Test
    void anImageIsShown() throws IOException {
        Picture shown = thumbnails.picture(png(40, 30), "a cat");
        assertThat(shown.source()).startsWith("data:image/jpeg;base64,");
    }

    @Test
    void whatCannotBeReadAnyMoreOrIsVeryLargeHasANameAndNoPixels() throws IOException {
        String gone = directory.resolve("gone.png").toUri().toString();
        String damaged = Files.writeString(directory.resolve("damaged.png"), "<html>503</html>")
                .toUri()
                .toString();
        for (String uri : List.of(gone, damaged, png(5001, 5000))) {
            assertThat(thumbnails.picture(uri, "a cat")).isEqualTo(new Picture("", "a cat", uri));
        }
    }
}
