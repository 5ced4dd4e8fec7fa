package dev.graft.decode;

/**
 * Reads a lossless WebP picture as far as it says how many groups of prefix codes it has (RFC 9649, sections 4 to 6): a
 * decoder holds tables for each of them, and a small file may have 65,536. On the way there are small pictures, for
 * transforms and for the groups themselves, of which no pixel is kept: what copies and the colour cache give was read
 * before.
 */
final class WebpGroups {
    private static final int SUBTRACT_GREEN = 2;
    private static final int COLOUR_INDEXING = 3;
    private static final int TRANSFORMS = 4;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int LARGEST_CACHE = 11;

    /** Of libwebp's tables for one group: entries for red, blue, alpha and distance, and by bits of the cache for green. */
    private static final int FIXED_ENTRIES = 3 * 630 + 410;

    private static final int[] GREEN_ENTRIES = {654, 656, 658, 662, 670, 686, 718, 782, 912, 1168, 1680, 2704};

    /** A group itself, with its table of packed codes. */
    private static final int BYTES_OF_GROUP = 600;

    private final WebpBits bits;
    private int width;
    private final int height;

    private WebpGroups(WebpBits bits, int width, int height) {
        this.bits = bits;
        this.width = width;
        this.height = height;
    }

    /**
     * What libwebp allocates for the tables of a picture, in bytes.
     *
     * @param start of the picture's data, after the name and the length of its chunk
     * @param end of the data
     */
    static long tableBytes(byte[] bytes, int start, int end, ImageHeader header) throws RejectedException {
        WebpBits bits = new WebpBits(bytes, start, end);
        bits.skipHeader();
        return new WebpGroups(bits, header.width(), header.height()).tableBytes();
    }

    private long tableBytes() throws RejectedException {
        readTransforms();
        int cache = cacheBits();
        long entries = (long) FIXED_ENTRIES + GREEN_ENTRIES[cache];
        return groups() * (entries * Integer.BYTES + BYTES_OF_GROUP);
    }

    private void readTransforms() throws RejectedException {
        boolean[] seen = new boolean[TRANSFORMS];
        while (bits.bit()) {
            int type = bits.read(2);
            if (seen[type]) {
                throw RejectedException.corrupt("a WebP transform comes twice");
            }
            seen[type] = true;
            if (type == COLOUR_INDEXING) {
                int colours = bits.read(8) + 1;
                largestIndex(colours, 1);
                width = shrunk(width, colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0);
            } else if (type != SUBTRACT_GREEN) {
                int size = bits.read(3) + 2;
                largestIndex(shrunk(width, size), shrunk(height, size));
            }
        }
    }

    private long groups() throws RejectedException {
        if (!bits.bit()) {
            return 1;
        }
        int size = bits.read(3) + 2;
        int blocksWide = shrunk(width, size);
        int blocksHigh = shrunk(height, size);
        return Math.min(largestIndex(blocksWide, blocksHigh) + 1L, (long) blocksWide * blocksHigh);
    }

    /** Reads a small picture; gives the largest of the numbers that its red and green are together. */
    private int largestIndex(int wide, int high) throws RejectedException {
        int cache = cacheBits();
        WebpCode green = WebpCode.read(bits, LITERALS + LENGTHS + (cache == 0 ? 0 : 1 << cache));
        WebpCode red = WebpCode.read(bits, LITERALS);
        WebpCode blue = WebpCode.read(bits, LITERALS);
        WebpCode alpha = WebpCode.read(bits, LITERALS);
        WebpCode distance = WebpCode.read(bits, DISTANCES);
        int largest = 0;
        long left = (long) wide * high;
        while (left > 0) {
            int symbol = green.next(bits);
            if (symbol < LITERALS) {
                largest = Math.max(largest, red.next(bits) << 8 | symbol);
                blue.next(bits);
                alpha.next(bits);
                left--;
            } else if (symbol < LITERALS + LENGTHS) {
                left -= value(symbol - LITERALS);
                value(distance.next(bits));
            } else {
                left--;
            }
        }
        return largest;
    }

    /** A length or a distance: its prefix, then further bits. */
    private int value(int prefix) throws RejectedException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int further = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << further) + bits.read(further) + 1;
    }

    private int cacheBits() throws RejectedException {
        if (!bits.bit()) {
            return 0;
        }
        int cache = bits.read(4);
        if (cache < 1 || cache > LARGEST_CACHE) {
            throw RejectedException.corrupt("a WebP colour cache of " + cache + " bits (1 to 11)");
        }
        return cache;
    }

    private static int shrunk(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }
}
