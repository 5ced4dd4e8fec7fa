package dev.graft.drawn;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The demo's image folder: cats and dogs, one directory per class, and a few broken files as every real folder has. */
public final class DemoImages {
    private DemoImages() {}

    /** How many pictures and how many broken files were written. */
    public record Written(int pictures, int broken) {
        /** The number of files in the folder, which is the number of rows of its manifest. */
        public int files() {
            return pictures + broken;
        }
    }

    /**
     * Writes {@code perClass} pictures to each of {@code directory/cat} and {@code directory/dog}, and broken files
     * beside them: an empty one, the first half of a JPEG, and text. The same arguments write the same bytes.
     */
    public static Written write(Path directory, int perClass, long seed) throws IOException {
        if (perClass < 1) {
            throw new InvalidInputException("Invalid number of pictures per class: " + perClass + " (at least 1)");
        }
        for (DrawnClass animal : DrawnClass.animals()) {
            writeClass(folder(directory, animal), animal, perClass, seed);
        }
        int broken = writeBroken(directory, perClass, seed);
        return new Written(perClass * DrawnClass.animals().size(), broken);
    }

    private static void writeClass(Path folder, DrawnClass animal, int perClass, long seed) throws IOException {
        Files.createDirectories(folder);
        for (int index = 0; index < perClass; index++) {
            Encoding encoding = Encoding.of(index);
            String name = String.format(Locale.ROOT, "%04d.%s", index, encoding.extension());
            Files.write(folder.resolve(name), encoded(encoding, animal, seed, index));
        }
    }

    private static int writeBroken(Path directory, int unusedIndex, long seed) throws IOException {
        Path cats = folder(directory, DrawnClass.CAT);
        Path dogs = folder(directory, DrawnClass.DOG);
        byte[] whole = encoded(Encoding.JPEG, DrawnClass.DOG, seed, unusedIndex);
        Files.write(cats.resolve("empty.jpg"), new byte[0]);
        Files.write(dogs.resolve("truncated.jpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(dogs.resolve("text.jpg"), "The picture of the dog is missing.\n", StandardCharsets.UTF_8);
        return 3;
    }

    private static byte[] encoded(Encoding encoding, DrawnClass animal, long seed, int index) throws IOException {
        Dice dice = Dice.of(animal, ~seed, index);
        return encoding.encode(DrawnImages.draw(animal, seed, index), dice);
    }

    private static Path folder(Path directory, DrawnClass animal) {
        return directory.resolve(animal.label());
    }
}
