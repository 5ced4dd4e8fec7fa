package dev.graft.cli.demo;

import java.util.List;
import java.util.Locale;

/** What can be drawn: shapes, textures and animals to pretrain on, and the two animals of the demo, held apart from them. */
public enum DrawnClass {
    CIRCLE,
    TRIANGLE,
    SQUARE,
    STAR,
    RING,
    CROSS,
    CRESCENT,
    SPIRAL,
    WAVES,
    STRIPES,
    CHECKERBOARD,
    DOTS,
    RABBIT,
    BEAR,
    MOUSE,
    OWL,
    PIG,
    CAT,
    DOG;

    private static final List<DrawnClass> PRETRAINING = List.of(
            CIRCLE,
            TRIANGLE,
            SQUARE,
            STAR,
            RING,
            CROSS,
            CRESCENT,
            SPIRAL,
            WAVES,
            STRIPES,
            CHECKERBOARD,
            DOTS,
            RABBIT,
            BEAR,
            MOUSE,
            OWL,
            PIG);
    private static final List<DrawnClass> ANIMALS = List.of(CAT, DOG);

    /** The classes of the pretraining pictures, in label order. */
    public static List<DrawnClass> pretraining() {
        return PRETRAINING;
    }

    /** The classes of the demo pictures, in label order. */
    public static List<DrawnClass> animals() {
        return ANIMALS;
    }

    boolean isAnimal() {
        return compareTo(RABBIT) >= 0;
    }

    /** The name of the class in manifests and directories. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
