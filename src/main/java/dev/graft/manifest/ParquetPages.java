package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.spark.sql.SparkSession;

/**
 * The compressed pages of a Parquet manifest. One that holds less than its header promises is never read to an end: the
 * streams of Snappy and of raw LZ4 in Parquet's library give nothing more and no end either, and the task that reads them
 * asks for ever ({@code NonBlockedDecompressorStream.read}).
 */
final class ParquetPages {
    private static final int LZ4_LONGER = 15;
    private static final int LZ4_SHORTEST_MATCH = 4;
    private static final int LZ4_OFFSET_BYTES = 2;

    private ParquetPages() {}

    /**
     * Looks at the headers of all pages; on the executors where there are several files.
     *
     * @throws InvalidInputException if a page holds less than it promises
     */
    static void requireWhole(SparkSession spark, ManifestParts parts) throws IOException {
        List<String> damaged = parts.files().size() == 1
                ? damage(parts.files().get(0), spark.sessionState().newHadoopConf())
                : ParquetPart.first(spark, parts.files(), ParquetPages::damage);
        if (!damaged.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot read manifest %s: %s (write it anew)".formatted(parts.manifest(), damaged.get(0)));
        }
    }

    /** At most one text. */
    private static List<String> damage(Path file, Configuration hadoop) throws IOException {
        ParquetPart part = ParquetPart.of(file, hadoop);
        if (part.getLength() == 0) {
            return List.of();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(part);
                SeekableInputStream in = part.newStream()) {
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (ColumnChunkMetaData column : block.getColumns()) {
                    if (!isWhole(in, column, part.getLength())) {
                        return List.of(file.getName() + " is damaged: a page of its column "
                                + ShownText.name(column.getPath().toDotString()) + " holds less than it promises");
                    }
                }
            }
        }
        return List.of();
    }

    /** Whether no page holds less than it promises; of pages that end beyond their column or file, their reader says so. */
    private static boolean isWhole(SeekableInputStream in, ColumnChunkMetaData column, long fileLength)
            throws IOException {
        CompressionCodecName codec = column.getCodec();
        if (codec != CompressionCodecName.SNAPPY && codec != CompressionCodecName.LZ4_RAW) {
            return true;
        }
        long start = column.getStartingPos();
        long end = Math.min(start + column.getTotalSize(), fileLength);
        if (start < 0 || start >= end) {
            return true;
        }
        in.seek(start);
        for (long values = 0; values < column.getValueCount() && in.getPos() < end; ) {
            PageHeader page = Util.readPageHeader(in);
            long next = in.getPos() + page.getCompressed_page_size();
            if (page.getCompressed_page_size() < 0 || next > end) {
                return true;
            }
            if (!isWhole(in, page, codec)) {
                return false;
            }
            values += values(page);
            in.seek(next);
        }
        return true;
    }

    private static long values(PageHeader page) {
        if (page.isSetData_page_header()) {
            return page.getData_page_header().getNum_values();
        }
        return page.isSetData_page_header_v2() ? page.getData_page_header_v2().getNum_values() : 0;
    }

    private static boolean isWhole(SeekableInputStream in, PageHeader page, CompressionCodecName codec)
            throws IOException {
        long compressed = page.getCompressed_page_size();
        long promised = page.getUncompressed_page_size();
        if (page.isSetData_page_header_v2()) {
            DataPageHeaderV2 header = page.getData_page_header_v2();
            if (!header.isIs_compressed()) {
                return true;
            }
            long levels = (long) header.getRepetition_levels_byte_length() + header.getDefinition_levels_byte_length();
            if (levels < 0 || levels > compressed) {
                return true;
            }
            in.seek(in.getPos() + levels);
            compressed -= levels;
            promised -= levels;
        }
        return promised
                <= (codec == CompressionCodecName.SNAPPY ? snappyLength(in, compressed) : lz4Length(in, compressed));
    }

    /** What the preamble of a Snappy block says: seven bits a byte, the least first. */
    private static long snappyLength(SeekableInputStream in, long compressed) throws IOException {
        long length = 0;
        for (int i = 0; i < compressed && i < 5; i++) {
            int next = in.read();
            length |= (long) (next & 0x7F) << (7 * i);
            if (next < 0x80) {
                return length;
            }
        }
        return 0;
    }

    /** The bytes of all literals and matches of an LZ4 block, which does not say how many they are. */
    private static long lz4Length(SeekableInputStream in, long compressed) throws IOException {
        long end = in.getPos() + compressed;
        long length = 0;
        while (in.getPos() < end) {
            int token = in.read();
            long literals = lz4Count(in, token >> 4, end);
            length += literals;
            long match = in.getPos() + literals + LZ4_OFFSET_BYTES;
            if (match >= end) {
                return length;
            }
            in.seek(match);
            length += LZ4_SHORTEST_MATCH + lz4Count(in, token & 0xF, end);
        }
        return length;
    }

    private static long lz4Count(SeekableInputStream in, int inToken, long end) throws IOException {
        long count = inToken;
        for (int next = inToken == LZ4_LONGER ? 0xFF : 0; next == 0xFF && in.getPos() < end; count += next) {
            next = in.read();
        }
        return count;
    }
}
