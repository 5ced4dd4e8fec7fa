package dev.graft.decode;

import java.util.List;

/**
 * The header of one scan (ITU T.81, B.2.3): which components it has, and which part of their coefficients.
 *
 * @param first the first coefficient, in zigzag order
 * @param last the last coefficient
 * @param high one more than the lowest bit that earlier scans gave of these coefficients, 0 when there were none
 * @param low the lowest bit that this scan gives
 */
record JpegScan(List<Part> parts, int first, int last, int high, int low) {
    private static final int LOWEST_BIT = 13;

    /** A component in the scan, with the numbers of its Huffman tables. */
    record Part(JpegComponent component, int dcTable, int acTable) {}

    boolean isInterleaved() {
        return parts.size() > 1;
    }

    /** Whether it has every component of a frame. */
    boolean hasAll(JpegFrame frame) {
        return parts.size() == frame.components().size();
    }

    /** Blocks that are read from it. */
    long blocks(JpegFrame frame) {
        return parts.stream().mapToLong(part -> frame.blocks(part.component())).sum();
    }

    boolean isRefinement() {
        return high != 0;
    }

    void checkProgression() throws RejectedException {
        boolean band = first == 0 ? last == 0 : first <= last && last < JpegComponent.COEFFICIENTS && !isInterleaved();
        boolean bits = low <= LOWEST_BIT && (!isRefinement() || low == high - 1);
        if (!band || !bits) {
            throw RejectedException.corrupt("a progressive scan of coefficients " + first + " to " + last + ", bits "
                    + high + " to " + low + ", " + parts.size() + " components");
        }
    }
}
