package dev.graft.cli.demo;

import java.util.List;
import java.util.Locale;

/** What can be drawn: twelve shapes and textures to pretrain on, and the two animals of the demo, held apart from them. */
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
    CAT,
    DOG;

    private static final List<DrawnClass> SHAPES =
            List.of(CIRCLE, TRIANGLE, SQUARE, STAR, RING, CROSS, CRESCENT, SPIRAL, WAVES, STRIPES, CHECKERBOARD, DOTS);
    private static final List<DrawnClass> ANIMALS = List.of(CAT, DOG);

    /** The classes of the pretraining pictures, in label order. */
    public static List<DrawnClass> shapes() {
        return SHAPES;
    }

    /** The classes of the demo pictures, in label order. */
    public static List<DrawnClass> animals() {
        return ANIMALS;
    }

    /** The name of the class in manifests and directories. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
