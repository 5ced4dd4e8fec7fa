package dev.graft.drawn;

import java.util.List;
import java.util.Locale;

/**
 * What can be drawn: shapes, textures and animals. As ImageNet has cats and dogs among its thousand classes, so have the
 * pictures that the bundled base is pretrained on; the demo's are others, drawn with another seed.
 */
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

    private static final List<DrawnClass> PRETRAINING = List.of(values());
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
