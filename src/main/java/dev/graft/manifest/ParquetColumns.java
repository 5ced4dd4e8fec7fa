package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.Type;

/** The names of a Parquet manifest's columns, which all of its files must have; in any order, upper and lower case aside. */
final class ParquetColumns {
    private static final int MOST_FILES = 100;

    private ParquetColumns() {}

    /**
     * Looks into the first hundred files.
     *
     * @throws InvalidInputException if their columns differ
     */
    static void requireSame(FileSystem storage, ManifestParts parts) throws IOException {
        if (parts.files().size() < 2) {
            return;
        }
        Path first = parts.manifest();
        List<String> names = List.of();
        for (Path file : parts.files().subList(0, Math.min(parts.files().size(), MOST_FILES))) {
            List<String> others = of(storage.getFileStatus(file), storage);
            if (names.isEmpty()) {
                first = file;
                names = others;
            } else if (!others.isEmpty() && !anyCase(names).equals(anyCase(others))) {
                throw new InvalidInputException(
                        "Invalid manifest: %s (the columns of its files differ: %s has %s, %s has %s; give all the same)"
                                .formatted(
                                        parts.manifest(),
                                        first.getName(),
                                        String.join(",", names),
                                        file.getName(),
                                        String.join(",", others)));
            }
        }
    }

    private static Set<String> anyCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** None where the file is empty, which Spark passes over. */
    private static List<String> of(FileStatus file, FileSystem storage) throws IOException {
        if (file.getLen() == 0) {
            return List.of();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new StoredFile(file, storage))) {
            return reader.getFileMetaData().getSchema().getFields().stream()
                    .map(Type::getName)
                    .toList();
        }
    }

    private record StoredFile(FileStatus status, FileSystem storage) implements InputFile {
        @Override
        public long getLength() {
            return status.getLen();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopStreams.wrap(storage.open(status.getPath()));
        }
    }
}
