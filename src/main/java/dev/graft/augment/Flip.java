package dev.graft.augment;

/** The ways in which {@code RandomFlip} may mirror an image. */
public enum Flip {
    NONE(false, false),
    HORIZONTAL(true, false),
    VERTICAL(false, true),
    HORIZONTAL_AND_VERTICAL(true, true);

    private final boolean horizontal;
    private final boolean vertical;

    Flip(boolean horizontal, boolean vertical) {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    boolean isHorizontal() {
        return horizontal;
    }

    boolean isVertical() {
        return vertical;
    }
}
