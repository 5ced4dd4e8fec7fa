package dev.graft.report;

import java.util.List;

/**
 * The images of a page.
 *
 * @param samples of the training images
 * @param augmented one of them, as it is and as augmentation draws it nine times; empty where nothing is augmented
 * @param mistakes the test images with a wrong prediction that the candidate is most sure of
 * @param suspects added or relabelled images whose label the current model contradicts
 * @param duplicates near duplicates, a test image and its likeness in training after one another
 */
public record Gallery(
        List<Picture> samples,
        List<Picture> augmented,
        List<Picture> mistakes,
        List<Picture> suspects,
        List<Picture> duplicates) {}
