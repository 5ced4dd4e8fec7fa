package dev.graft.decode;

import org.jspecify.annotations.Nullable;

/** What the segments of a JPEG file have defined so far: quantisation, Huffman codes, restarts, colours. */
final class JpegTables {
    private static final int TABLES = 4;
    private static final int AC_CLASS = 0x10;
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int JFIF_LENGTH = 14;
    private static final int ADOBE_LENGTH = 12;
    private static final int ADOBE_TRANSFORM = 11;

    private final int[] @Nullable [] quantisations = new int[TABLES][];
    private final @Nullable HuffmanCode[] dcCodes = new HuffmanCode[TABLES];
    private final @Nullable HuffmanCode[] acCodes = new HuffmanCode[TABLES];
    private int restartInterval;
    private boolean jfif;
    private @Nullable Integer adobeTransform;

    /** MCUs between restart markers, 0 for none. */
    int restartInterval() {
        return restartInterval;
    }

    boolean hasJfif() {
        return jfif;
    }

    /** The colour transform that an Adobe segment names, null without such a segment. */
    @Nullable
    Integer adobeTransform() {
        return adobeTransform;
    }

    /** The quantisation table in zigzag order. */
    int[] quantisation(int index) throws RejectedException {
        int[] table = index < TABLES ? quantisations[index] : null;
        if (table == null) {
            throw RejectedException.corrupt("there is no quantisation table " + index);
        }
        return table;
    }

    HuffmanTable dc(int index) throws RejectedException {
        return HuffmanTable.dc(defined(dcCodes, index));
    }

    HuffmanTable ac(int index) throws RejectedException {
        return HuffmanTable.ac(defined(acCodes, index));
    }

    /** What sequential files may rely on without defining it. */
    void useStandardCodes() {
        for (int i = 0; i < StandardHuffmanCodes.DC.size(); i++) {
            dcCodes[i] = dcCodes[i] == null ? StandardHuffmanCodes.DC.get(i) : dcCodes[i];
            acCodes[i] = acCodes[i] == null ? StandardHuffmanCodes.AC.get(i) : acCodes[i];
        }
    }

    void readQuantisations(ByteCursor cursor) throws RejectedException {
        int left = cursor.bigEndianShort() - 2;
        while (left > 0) {
            int start = cursor.position();
            readQuantisation(cursor);
            left -= cursor.position() - start;
        }
        checkUsedUp(left, "quantisation tables");
    }

    void readHuffmanCodes(ByteCursor cursor) throws RejectedException {
        int left = cursor.bigEndianShort() - 2;
        while (left > HuffmanCode.LONGEST) {
            int start = cursor.position();
            readHuffmanCode(cursor, left - 1);
            left -= cursor.position() - start;
        }
        checkUsedUp(left, "Huffman tables");
    }

    void readRestartInterval(ByteCursor cursor) throws RejectedException {
        int length = cursor.bigEndianShort();
        if (length != 4) {
            throw RejectedException.corrupt("a restart interval of " + length + " bytes (4)");
        }
        restartInterval = cursor.bigEndianShort();
    }

    void readJfif(ByteCursor cursor) throws RejectedException {
        int length = cursor.bigEndianShort() - 2;
        jfif |= length >= JFIF_LENGTH && cursor.startsWith(JFIF);
        cursor.skip(Math.max(0, length));
    }

    void readAdobe(ByteCursor cursor) throws RejectedException {
        int length = cursor.bigEndianShort() - 2;
        int end = cursor.position() + Math.max(0, length);
        if (length >= ADOBE_LENGTH && cursor.startsWith(ADOBE)) {
            cursor.skip(ADOBE_TRANSFORM);
            adobeTransform = cursor.unsignedByte();
        }
        cursor.skip(end - cursor.position());
    }

    private void readQuantisation(ByteCursor cursor) throws RejectedException {
        int header = cursor.unsignedByte();
        int index = checkIndex(header & 0xF, "quantisation table");
        int[] table = new int[JpegComponent.COEFFICIENTS];
        for (int i = 0; i < table.length; i++) {
            table[i] = header >> 4 == 0 ? cursor.unsignedByte() : cursor.bigEndianShort();
        }
        quantisations[index] = table;
    }

    private void readHuffmanCode(ByteCursor cursor, int announced) throws RejectedException {
        int header = cursor.unsignedByte();
        HuffmanCode code = HuffmanCode.read(cursor, announced);
        if ((header & AC_CLASS) == 0) {
            dcCodes[checkIndex(header, "Huffman table")] = code;
        } else {
            acCodes[checkIndex(header - AC_CLASS, "Huffman table")] = code;
        }
    }

    private static HuffmanCode defined(@Nullable HuffmanCode[] codes, int index) throws RejectedException {
        HuffmanCode code = index < TABLES ? codes[index] : null;
        if (code == null) {
            throw RejectedException.corrupt("there is no Huffman table " + index);
        }
        return code;
    }

    private static int checkIndex(int index, String table) throws RejectedException {
        if (index >= TABLES) {
            throw RejectedException.corrupt(table + " " + index + " (0 to 3)");
        }
        return index;
    }

    private static void checkUsedUp(int left, String tables) throws RejectedException {
        if (left != 0) {
            throw RejectedException.corrupt("a segment of " + tables + " that does not end where a table ends");
        }
    }
}
