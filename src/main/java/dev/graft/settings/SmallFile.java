package dev.graft.settings;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads whole files that are small by their nature; one that is longer is refused before it fills the memory. */
public final class SmallFile {
    /** Of a file with a name or a few numbers in it. */
    public static final int NOTE_BYTES = 64 << 10;

    /** Of a file of settings, or one that describes something. */
    public static final int DESCRIPTION_BYTES = 4 << 20;

    /** Of a file that grows with the square of the number of classes, as confusions do, or with that of epochs. */
    public static final int RECORD_BYTES = 256 << 20;

    private SmallFile() {}

    /**
     * Reads a file.
     *
     * @param most bytes that a file of its kind may have
     * @throws InvalidInputException if it has more
     */
    public static byte[] read(FileSystem files, Path path, int most) throws IOException {
        try (InputStream in = files.open(path)) {
            byte[] content = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new InvalidInputException("Cannot read %s: it has %s bytes, a file of its kind has at most %d"
                        .formatted(path, length(files, path, most), most));
            }
            return content;
        }
    }

    private static String length(FileSystem files, Path path, int most) throws IOException {
        long length = files.getFileStatus(path).getLen();
        return length > most ? Long.toString(length) : "more than " + most;
    }
}
