package dev.graft.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import dev.graft.compiled.ForwardPass;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ResizeMethod;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bases with real ImageNet weights against what Keras computes with them. */
class KerasReferenceTest {
    private static final String[] PHOTOS = {"cat.4002", "cat.4012", "cat.4023", "dog.4001", "dog.4013", "dog.4027"};

    @Test
    void xceptionGivesKerasFeaturesCompiledAndLayerByLayer() throws IOException {
        Path weights = SharedReference.path("weights/xception_imagenet_notop_to_block13.h5");
        JsonNode expected =
                SharedReference.json("keras-reference/xception_to_block13.json").get("gap_after_block13");
        Base base = Base.open(settings(Architecture.XCEPTION, weights, 150, "block13"), new Configuration());
        float[] pixels = new float[PHOTOS.length * 150 * 150 * 3];
        for (int i = 0; i < PHOTOS.length; i++) {
            Path photo = SharedReference.path("keras-reference/images/" + PHOTOS[i] + ".resized150.f32");
            ByteBuffer.wrap(Files.readAllBytes(photo))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(pixels, i * 150 * 150 * 3, 150 * 150 * 3);
        }
        try (ForwardPass forward = base.frozen().compile().forwardPass(8)) {
            assertKerasFeatures(forward.run(pixels, PHOTOS.length), expected);
        }
        INDArray images = Nd4j.createFromArray(pixels).reshape(PHOTOS.length, 150, 150, 3);
        assertKerasFeatures(base.network().outputSingle(images).dup('c').data().asFloat(), expected);
    }

    private static void assertKerasFeatures(float[] features, JsonNode expected) {
        for (int i = 0; i < PHOTOS.length; i++) {
            float[] keras = SharedReference.floats(expected.get(PHOTOS[i]));
            assertThat(keras).hasSize(1024);
            for (int j = 0; j < keras.length; j++) {
                float tolerance = 1e-3f * Math.max(Math.abs(keras[j]), 0.1f);
                assertThat(features[i * 1024 + j]).as(PHOTOS[i]).isCloseTo(keras[j], within(tolerance));
            }
        }
    }

    @Test
    void mobileNetV2FindsTheClassThatKerasFinds() throws IOException {
        Path weights = SharedReference.path("weights/mobilenet_v2_1.0_224_imagenet.h5");
        JsonNode photos = SharedReference.json("keras-reference/mobilenet_v2_1.0_top5.json")
                .get("images");
        Base base = Base.open(settings(Architecture.MOBILENET_V2, weights, 224, null), new Configuration());
        int agreed = 0;
        int photosSeen = 0;
        try (KerasWeights top = KerasWeights.open(weights, weights.toString());
                ForwardPass forward = base.frozen().compile().forwardPass(1)) {
            for (JsonNode photo : photos) {
                Path file = SharedReference.path(
                        "keras-reference/imagenet-samples/" + photo.get("image").asText());
                int keras = photo.get("top5").get(0).get(0).asInt();
                agreed += topClass(top, forward.run(pixels(file), 1)) == keras ? 1 : 0;
                photosSeen++;
            }
        }
        assertThat(photosSeen).isEqualTo(30);
        assertThat(agreed).isGreaterThanOrEqualTo(29);
    }

    private static float[] pixels(Path photo) throws IOException {
        DecodeSettings decode = DecodeSettings.from(Settings.withDefaults());
        RgbImage image = (RgbImage) new ImageDecoder(decode).decode(Files.readAllBytes(photo));
        float[] pixels = new float[224 * 224 * 3];
        new Resizer(ResizeMethod.BILINEAR, 224).resize(image, pixels, 0);
        return pixels;
    }

    /** The dense layer that the file has on top of the base; its largest logit is the class. */
    private static int topClass(KerasWeights file, float[] features) {
        String layer = file.layers().stream()
                .filter(name -> file.shape(name, "kernel")
                        .filter(shape -> shape.size() == 2)
                        .isPresent())
                .findFirst()
                .orElseThrow();
        float[] kernel = file.values(layer, "kernel");
        float[] logits = file.values(layer, "bias");
        for (int i = 0; i < features.length; i++) {
            for (int j = 0; j < logits.length; j++) {
                logits[j] += features[i] * kernel[i * logits.length + j];
            }
        }
        int largest = 0;
        for (int j = 1; j < logits.length; j++) {
            largest = logits[j] > logits[largest] ? j : largest;
        }
        return largest;
    }

    private static BaseSettings settings(Architecture architecture, Path weights, int input, @Nullable String cut) {
        return new BaseSettings(
                architecture,
                Optional.of(weights.toAbsolutePath().toString()),
                Optional.empty(),
                Optional.of(input),
                Optional.ofNullable(cut),
                1);
    }
}
