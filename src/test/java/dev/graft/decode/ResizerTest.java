package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResizerTest {
    private static final float NOT_WRITTEN = -1;

    @Test
    void everyMethodGivesTensorFlowsVectors() {
        for (JsonNode vector :
                SharedReference.json("keras-reference/resize_vectors.json").get("cases")) {
            assertVector(vector, "bilinear", ResizeMethod.BILINEAR);
            assertVector(vector, "bilinear_antialias", ResizeMethod.BILINEAR_ANTIALIAS);
            assertVector(vector, "nearest", ResizeMethod.NEAREST);
        }
    }

    @Test
    void photosAreResizedAsByTensorFlow() throws IOException {
        Resizer resizer = new Resizer(ResizeMethod.BILINEAR, 150);
        ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);
        for (JsonNode photo :
                SharedReference.json("keras-reference/image_decode_resize.json").get("images")) {
            Path path =
                    SharedReference.path("cats_vs_dogs/" + photo.get("image").asText());
            RgbImage image = (RgbImage) decoder.decode(Files.readAllBytes(path));
            float[] resized = new float[150 * 150 * 3];
            resizer.resize(image, resized, 0);

            assertThat(resized).containsExactly(reference(path), Offset.offset(1e-3f));
        }
    }

    @Test
    void sameSizeKeepsThePixelsWhateverTheMethod() {
        RgbImage image = new RgbImage(2, 2, new byte[] {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, (byte) 200});

        for (ResizeMethod method : ResizeMethod.values()) {
            float[] resized = new float[12];
            new Resizer(method, 2).resize(image, resized, 0);

            assertThat(resized).containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200);
        }
    }

    @Test
    void valuesOfTheBatchBeforeAndAfterAreLeftAlone() {
        float[] batch = new float[3 * 12];
        Arrays.fill(batch, NOT_WRITTEN);
        new Resizer(ResizeMethod.BILINEAR, 2).resize(new RgbImage(1, 1, new byte[] {1, 2, 3}), batch, 12);

        assertThat(Arrays.copyOfRange(batch, 0, 12)).containsOnly(NOT_WRITTEN);
        assertThat(Arrays.copyOfRange(batch, 12, 24)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3);
        assertThat(Arrays.copyOfRange(batch, 24, 36)).containsOnly(NOT_WRITTEN);
    }

    @Test
    void onePlaceTooFarIsRefusedBeforeAnythingIsWritten() {
        float[] batch = new float[24];
        Resizer resizer = new Resizer(ResizeMethod.NEAREST, 2);

        assertThatThrownBy(() -> resizer.resize(new RgbImage(1, 1, new byte[] {1, 2, 3}), batch, 13))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(batch).containsOnly(0);
    }

    @Test
    void imagesOfChangingSizesDoNotDisturbEachOther() {
        RgbImage small = new RgbImage(3, 5, Drawings.rgb(Drawings.picture(3, 5, 1)));
        RgbImage large = new RgbImage(31, 17, Drawings.rgb(Drawings.picture(31, 17, 1)));

        for (ResizeMethod method : ResizeMethod.values()) {
            Resizer reused = new Resizer(method, 7);
            resize(reused, small);
            resize(reused, large);

            assertThat(resize(reused, small)).containsExactly(resize(new Resizer(method, 7), small));
        }
    }

    @Test
    void sizeOfNothingIsRefused() {
        assertThatThrownBy(() -> new Resizer(ResizeMethod.BILINEAR, 0)).hasMessage("Invalid size: 0x0 (at least 1x1)");
    }

    private static float[] resize(Resizer resizer, RgbImage image) {
        float[] resized = new float[7 * 7 * 3];
        resizer.resize(image, resized, 0);
        return resized;
    }

    private static void assertVector(JsonNode vector, String name, ResizeMethod method) {
        int channels = vector.get("input_shape").get(2).asInt();
        int height = vector.get("size").get(0).asInt();
        int width = vector.get("size").get(1).asInt();
        float[] resized = new float[height * width * RgbImage.CHANNELS];
        new Resizer(method, height, width).resize(image(vector, channels), resized, 0);

        float[] expected = SharedReference.floats(vector.get(name));
        assertThat(resized).hasSize(expected.length * RgbImage.CHANNELS / channels);
        for (int i = 0; i < resized.length; i++) {
            float value = expected[channels == 1 ? i / RgbImage.CHANNELS : i];
            assertThat(resized[i])
                    .as("%s of %s to %dx%d, value %d", name, vector.get("input_shape"), height, width, i)
                    .isEqualTo(value, Offset.offset(1e-4f));
        }
    }

    /** One channel is put into all three. */
    private static RgbImage image(JsonNode vector, int channels) {
        float[] input = SharedReference.floats(vector.get("input"));
        byte[] rgb = new byte[input.length * RgbImage.CHANNELS / channels];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) input[channels == 1 ? i / RgbImage.CHANNELS : i];
        }
        JsonNode shape = vector.get("input_shape");
        return new RgbImage(shape.get(1).asInt(), shape.get(0).asInt(), rgb);
    }

    private static float[] reference(Path photo) throws IOException {
        String name = photo.getFileName().toString().replace(".jpg", ".resized150.f32");
        byte[] bytes = Files.readAllBytes(SharedReference.path("keras-reference/images/" + name));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
