package dev.graft.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Holds the layers against what Keras computed. */
class AugmentationVectorsTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-3f);
    private final JsonNode vectors = SharedReference.json("keras-reference/augmentation_vectors.json");

    @Test
    void rotationsAreThoseOfKeras() {
        for (JsonNode rotation : vectors.get("random_rotation")) {
            JsonNode input = vectors.get("inputs").get(rotation.get("image").asText());
            Canvas image = canvas(input);
            Sampling sampling = new Sampling(
                    FillMode.valueOf(upperCase(rotation.get("fill_mode"))),
                    0,
                    Interpolation.valueOf(upperCase(rotation.get("interpolation"))));

            Projection.rotation(rotation.get("angle_rad").asDouble(), image.height(), image.width())
                    .apply(image, sampling);

            int channels = channels(input);
            assertThat(channels(image, channels))
                    .as(rotation.toString())
                    .containsExactly(SharedReference.floats(rotation.get("output")), TOLERANCE);
        }
    }

    @Test
    void aRotationByHalfATurnIsThatOfKerasOwnTest() {
        JsonNode test = vectors.get("keras_own_test");
        Canvas image = canvas(5, 5, 1, SharedReference.floats(test.get("input")));
        Sampling sampling = new Sampling(FillMode.REFLECT, 0, Interpolation.BILINEAR);

        Projection.rotation(2 * Math.PI * test.get("factor").asDouble(), 5, 5).apply(image, sampling);

        assertThat(channels(image, 1)).containsExactly(SharedReference.floats(test.get("expected")), TOLERANCE);
    }

    @Test
    void aHorizontalFlipReversesColumns() {
        JsonNode flip = vectors.get("flip");
        Canvas image = canvas(1, 2, 3, SharedReference.floats(flip.get("input")));

        RandomFlip.flip(image, true, false);

        assertThat(image.values()).containsExactly(SharedReference.floats(flip.get("expected_horizontal")));
    }

    private static String upperCase(JsonNode name) {
        return name.asText().toUpperCase(Locale.ROOT);
    }

    private static int channels(JsonNode input) {
        return input.get("shape").get(3).asInt();
    }

    private static Canvas canvas(JsonNode input) {
        JsonNode shape = input.get("shape");
        float[] values = SharedReference.floats(input.get("values"));
        return canvas(shape.get(1).asInt(), shape.get(2).asInt(), channels(input), values);
    }

    /** A canvas of three channels; a grey image stands in each. */
    private static Canvas canvas(int height, int width, int channels, float... values) {
        Canvas canvas = new Canvas(height, width);
        float[] rgb = new float[height * width * Canvas.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = values[i / Canvas.CHANNELS * channels + i % Canvas.CHANNELS % channels];
        }
        canvas.load(rgb);
        return canvas;
    }

    private static float[] channels(Canvas image, int channels) {
        float[] values = new float[image.height() * image.width() * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.values()[i / channels * Canvas.CHANNELS + i % channels];
        }
        return values;
    }
}
