package dev.graft.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Kinds of files that stand where images should, named for whoever looks for the reason. The bytes themselves are not
 * shown: a manifest may name any file.
 */
enum Lookalike {
    HTML("<", 0, "HTML or XML, such as an error page"),
    JSON("{", 0, "JSON"),
    PDF("%PDF", 0, "PDF"),
    TIFF_LITTLE_ENDIAN("II*\0", 0, "TIFF"),
    TIFF_BIG_ENDIAN("MM\0*", 0, "TIFF"),
    HEIF("ftyp", 4, "HEIC, AVIF or a film"),
    PHOTOSHOP("8BPS", 0, "Photoshop"),
    ICON("\0\0\1\0", 0, "an icon"),
    JPEG_2000("\0\0\0\fjP", 0, "JPEG 2000"),
    JPEG_XL("\u00FF\n", 0, "JPEG XL"),
    GZIP("\u001F\u008B", 0, "gzip"),
    ZIP("PK", 0, "zip"),
    GIT_LFS("version https://git-lfs", 0, "a pointer of Git LFS"),
    PARQUET("PAR1", 0, "Parquet");

    private final String start;
    private final int at;
    private final String text;

    Lookalike(String start, int at, String text) {
        this.start = start;
        this.at = at;
        this.text = text;
    }

    static String describe(byte[] bytes) {
        return Arrays.stream(values())
                .filter(kind -> ImageFormat.hasAt(bytes, kind.at, kind.start.getBytes(StandardCharsets.ISO_8859_1)))
                .map(kind -> "begins like " + kind.text)
                .findFirst()
                .orElse("begins like no kind of file that Graft knows");
    }
}
