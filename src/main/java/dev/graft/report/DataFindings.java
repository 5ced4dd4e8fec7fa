package dev.graft.report;

import dev.graft.evaluate.ClassChanges;
import dev.graft.features.NearDuplicates;
import dev.graft.manifest.ImageCounts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of the data found.
 *
 * @param images that could be decoded, of each class in each split
 * @param classes since the current model was trained; null where there is none
 * @param ambiguous images whose content stands under several labels; null where nobody looked
 * @param drift against the last promoted run; null where there is none
 * @param additions since the last promoted run; null where there is none
 * @param objections why nothing may be trained on this data; empty when it may
 */
public record DataFindings(
        ImageCounts images,
        Rejects rejects,
        SharedContents shared,
        NearDuplicates nearDuplicates,
        @Nullable ClassChanges classes,
        @Nullable Ambiguous ambiguous,
        @Nullable Drift drift,
        @Nullable Additions additions,
        List<String> objections) {

    public DataFindings {
        objections = List.copyOf(objections);
    }

    /** The same, with what was found wrong. */
    public DataFindings with(List<String> objectionsFound) {
        return new DataFindings(
                images, rejects, shared, nearDuplicates, classes, ambiguous, drift, additions, objectionsFound);
    }

    /**
     * Images whose content stands under another label too.
     *
     * @param images how many there are
     * @param all how many images there are in all
     * @param examples the first few
     */
    public record Ambiguous(long images, long all, List<LabelledTwice> examples) {}

    /** Two files with the same content and different labels. */
    public record LabelledTwice(String uri, String label, String otherUri, String otherLabel) {}

    /**
     * Images that cannot be read or decoded.
     *
     * @param byReason how many there are, by reason
     * @param examples the first few
     */
    public record Rejects(Map<String, Long> byReason, List<Reject> examples) {}

    /** An image that cannot be read or decoded, and why. */
    public record Reject(String uri, String reason, String detail) {}

    /**
     * Test images whose content stands among the training images too.
     *
     * @param testImages how many test images there are
     * @param shared how many of them also stand in training
     * @param examples uris of the first few
     */
    public record SharedContents(long testImages, long shared, List<String> examples) {}

    /**
     * How far the training images have moved since a run.
     *
     * @param run the one that was promoted last
     * @param classShares half the sum of the absolute changes of the classes' shares: the share of images one would have
     *     to relabel to undo it (total variation distance), 0 to 1
     * @param moved the classes whose shares have moved most, for people; empty in records of earlier releases
     * @param images how many images could be decoded then; 0 in records of earlier releases
     * @param features mean over the features of how far their mean has moved, in standard deviations
     */
    public record Drift(String run, long images, double classShares, String moved, double features) {
        public Drift {
            moved = Objects.requireNonNullElse(moved, "");
        }
    }

    /**
     * Labelled images that were not there, or had another label, when a model was promoted last.
     *
     * @param added how many were not there
     * @param relabelled how many had another label
     * @param removed how many contents that were there then are gone
     * @param trained how many of tonight's test images the model was trained on or chosen by
     * @param judged how many of the added and relabelled have a label that the current model knows
     * @param contradicted how many of the judged have a label that it is sure is wrong
     * @param suspects the ones it is most sure of
     */
    public record Additions(
            long added,
            long relabelled,
            long removed,
            long trained,
            long judged,
            long contradicted,
            List<Suspect> suspects) {}

    /**
     * An image whose label the model contradicts.
     *
     * @param probability that the model gives to its prediction
     */
    public record Suspect(String uri, String label, String prediction, double probability) {}
}
