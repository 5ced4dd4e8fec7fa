package dev.graft.base;

import dev.graft.settings.InvalidInputException;
import java.util.Locale;

/** The networks that can be a base. */
public enum Architecture {
    /** Xception, 2048 features, pretrained on ImageNet at 299 pixels. */
    XCEPTION(299, 71, 1e-3) {
        @Override
        void draw(Sketch sketch, double alpha) {
            Xception.full(sketch);
        }
    },
    /** MobileNetV2, 1280 features (more for alpha above 1), pretrained on ImageNet at 224 pixels. */
    MOBILENET_V2(224, 32, 1e-3) {
        @Override
        void draw(Sketch sketch, double alpha) {
            MobileNetV2.sketch(sketch, alpha);
        }
    },
    /** A small network of Xception's family, 256 features, bundled with weights trained on drawn pictures of 64 pixels. */
    XCEPTION_MINI(64, 32, 1e-3) {
        @Override
        void draw(Sketch sketch, double alpha) {
            Xception.mini(sketch);
        }
    };

    private static final int RGB = 3;

    private final int defaultInput;
    private final int minimumInput;
    private final double batchNormEpsilon;

    Architecture(int defaultInput, int minimumInput, double batchNormEpsilon) {
        this.defaultInput = defaultInput;
        this.minimumInput = minimumInput;
        this.batchNormEpsilon = batchNormEpsilon;
    }

    abstract void draw(Sketch sketch, double alpha);

    /** The name on the command line and in files, such as {@code mobilenet-v2}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Side of the images it was pretrained on, in pixels. */
    public int defaultInput() {
        return defaultInput;
    }

    /** Smallest legal side of an image, in pixels; Keras' own limit where Keras has the network. */
    public int minimumInput() {
        return minimumInput;
    }

    /** @param alpha width multiplier; of meaning to MobileNetV2 alone */
    Sketch sketch(String input, double alpha) {
        if (this != MOBILENET_V2 && alpha != 1) {
            throw new InvalidInputException(
                    "Invalid base.alpha: " + alpha + " (" + id() + " has no width multiplier; it must be 1)");
        }
        Sketch sketch = new Sketch(input, RGB, batchNormEpsilon);
        draw(sketch, alpha);
        return sketch;
    }
}
