package dev.graft.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.graft.base.Base;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.forward.Views;
import dev.graft.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Everything that shapes the features of an image. Two stores of features can be used for each other exactly when their
 * specifications are equal.
 *
 * @param base name of the architecture
 * @param alpha its width multiplier
 * @param weights digest of its weights
 * @param cut the last layer of the base
 * @param input side of the images, in pixels
 * @param scaling how pixels are scaled before the first layer
 * @param resize how images are resized
 * @param decoder version of the decoder
 * @param views how many views of each image there are
 * @param augmentation how views beyond the first are drawn; empty where there are none
 * @param origin where the weights were read from, empty for bundled ones; not part of what shapes the features
 */
public record FeatureSpec(
        String base,
        double alpha,
        String weights,
        String cut,
        int input,
        String scaling,
        String resize,
        String decoder,
        int views,
        String augmentation,
        String origin) {
    private static final int FINGERPRINT_DIGITS = 16;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public FeatureSpec {
        augmentation = Objects.requireNonNullElse(augmentation, "");
    }

    public static FeatureSpec of(Base base, DecodeSettings decode, Views views) {
        return new FeatureSpec(
                base.layout().architecture().id(),
                base.layout().alpha(),
                base.digest(),
                base.layout().cut(),
                base.layout().inputSize(),
                base.layout().scaling(),
                decode.resize().id(),
                ImageDecoder.VERSION,
                views.count(),
                views.description(),
                base.origin());
    }

    /** The settings that drew the views beyond the first, as assignments. */
    public List<String> augmentationSettings() {
        return augmentation.isEmpty() ? List.of() : List.of(augmentation.split(" "));
    }

    /** The specification in a few words. */
    public String description() {
        String drawn = views == 1 ? "" : ", " + views + " views (" + augmentation + ")";
        return base + " cut at " + cut + ", images of " + input + " pixels" + drawn + " (" + fingerprint() + ")";
    }

    /** The name under which features of this specification are stored: 16 hexadecimal digits. */
    public String fingerprint() {
        return Sha256.hex(canonical().getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT_DIGITS);
    }

    /** One line for each thing that shapes the features; must never change its form. */
    private String canonical() {
        String shaped = String.join(
                "\n",
                "base=" + base,
                "alpha=" + alpha,
                "weights=" + weights,
                "cut=" + cut,
                "input=" + input,
                "scaling=" + scaling,
                "resize=" + resize,
                "decoder=" + decoder,
                "views=" + views);
        return augmentation.isEmpty() ? shaped : shaped + "\naugmentation=" + augmentation;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the specification of features as JSON", e);
        }
    }

    static FeatureSpec fromJson(String json) throws JsonProcessingException {
        return JSON.readValue(json, FeatureSpec.class);
    }
}
