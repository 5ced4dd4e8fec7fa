package dev.graft.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;

/** The encoding of manifests; where bytes are of another, Spark puts {@code U+FFFD} in their place. */
final class Utf8 {
    private static final String REPLACEMENT = "\uFFFD";
    private static final int BUFFER_CHARS = 1 << 16;

    private Utf8() {}

    /** Whether something stands in a text that may have been other bytes. */
    static Column isReplacedIn(Column text) {
        return text.contains(REPLACEMENT);
    }

    /** Whether all bytes of a file are UTF-8, those of {@code U+FFFD} itself too. */
    static boolean isEncodingOf(FileSystem storage, Path file) throws IOException {
        try (InputStream bytes = ManifestParts.open(storage, file);
                Reader text = new InputStreamReader(
                        bytes, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT))) {
            char[] buffer = new char[BUFFER_CHARS];
            while (text.read(buffer) >= 0) {
                // what it says does not matter here
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
