package dev.graft.features;

import java.util.List;

/**
 * Images of one set that have a near duplicate in another.
 *
 * @param looked how many images of the first set were held against all of the second
 * @param found how many of them have a near duplicate there
 * @param examples the nearest pairs
 */
public record NearDuplicates(long looked, long found, List<Pair> examples) {
    public NearDuplicates {
        examples = List.copyOf(examples);
    }

    /**
     * Two images that look alike.
     *
     * @param first uri in the first set
     * @param second uri of the nearest in the second set
     * @param similarity cosine of the angle between their features, at most 1
     */
    public record Pair(String first, String second, double similarity) {}
}
