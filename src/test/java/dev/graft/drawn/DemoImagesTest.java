package dev.graft.drawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoImagesTest {
    private static final int PER_CLASS = 30;

    private final Path directory;

    DemoImagesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void writtenTreeHasTheAnnouncedCounts() throws IOException {
        DemoImages.Written written = DemoImages.write(directory, PER_CLASS, 1);
        assertThat(written).isEqualTo(new DemoImages.Written(2 * PER_CLASS, 3));
        assertThat(names("cat").size() + names("dog").size()).isEqualTo(written.files());
    }

    @Test
    void classesAreBalanced() throws IOException {
        DemoImages.write(directory, PER_CLASS, 1);
        assertThat(names("cat")).filteredOn(DemoImagesTest::isPicture).hasSize(PER_CLASS);
        assertThat(names("dog")).filteredOn(DemoImagesTest::isPicture).hasSize(PER_CLASS);
    }

    @Test
    void everyPictureCanBeRead() throws IOException {
        DemoImages.write(directory, PER_CLASS, 1);
        for (String name : names("dog")) {
            if (isPicture(name)) {
                BufferedImage picture = ImageIO.read(file("dog", name).toFile());
                assertThat(picture.getWidth()).as(name).isBetween(120, 400);
            }
        }
    }

    @Test
    void someFilesAreNotColourJpegs() throws IOException {
        DemoImages.write(directory, PER_CLASS, 1);
        assertThat(names("cat")).contains("0003.png", "0009.jpg", "0015.bmp", "0021.gif", "0028.png");
        assertThat(ImageIO.read(file("cat", "0009.jpg").toFile()).getRaster().getNumBands())
                .isEqualTo(1);
    }

    @Test
    void brokenFilesAreEmptyTruncatedAndText() throws IOException {
        DemoImages.write(directory, 1, 1);
        assertThat(file("cat", "empty.jpg")).isEmptyFile();
        assertThat(file("dog", "text.jpg")).content().isEqualTo("The picture of the dog is missing.\n");
        byte[] truncated = Files.readAllBytes(file("dog", "truncated.jpg"));
        assertThat(truncated).startsWith(0xFF, 0xD8);
        assertThat(List.of(truncated[truncated.length - 2], truncated[truncated.length - 1]))
                .isNotEqualTo(List.of((byte) 0xFF, (byte) 0xD9));
    }

    @Test
    void sameSeedWritesTheSameBytes() throws IOException {
        DemoImages.write(directory.resolve("once"), PER_CLASS, 5);
        DemoImages.write(directory.resolve("twice"), PER_CLASS, 5);
        for (String label : List.of("cat", "dog")) {
            for (String name : names("once/" + label)) {
                assertThat(file("twice/" + label, name)).hasSameBinaryContentAs(file("once/" + label, name));
            }
        }
    }

    @Test
    void anotherSeedWritesOtherPictures() throws IOException {
        DemoImages.write(directory.resolve("one"), 1, 5);
        DemoImages.write(directory.resolve("two"), 1, 6);
        assertThat(Files.mismatch(file("one/cat", "0000.jpg"), file("two/cat", "0000.jpg")))
                .isNotEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4})
    void fewerThanOnePicturePerClassIsRefused(int perClass) {
        assertThatThrownBy(() -> DemoImages.write(directory, perClass, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid number of pictures per class: " + perClass + " (at least 1)");
    }

    private Path file(String label, String name) {
        return directory.resolve(label).resolve(name);
    }

    private List<String> names(String label) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(label))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean isPicture(String name) {
        return name.matches("\\d{4}\\..*");
    }
}
