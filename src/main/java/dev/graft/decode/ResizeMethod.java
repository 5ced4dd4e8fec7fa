package dev.graft.decode;

import java.util.Locale;

/** The methods of {@code tf.image.resize} that are offered. */
public enum ResizeMethod {
    /** Between the four nearest pixels, whatever the scale; TensorFlow's and Keras' default. */
    BILINEAR,
    /** Over a triangle as wide as the scale when it shrinks ({@code antialias=True}). */
    BILINEAR_ANTIALIAS,
    /** The nearest pixel. */
    NEAREST;

    /**
     * The method with a name from settings or a fingerprint.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ResizeMethod of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The name in the settings and in fingerprints. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
