package dev.graft.augment;

import java.util.SplittableRandom;

/** A change to an image that is drawn at random, named as in Keras. */
sealed interface RandomLayer
        permits RandomFlip, RandomRotation, RandomZoom, RandomTranslation, RandomContrast, RandomBrightness {

    /** Draws a change and applies it. */
    void apply(Canvas image, SplittableRandom random);
}
