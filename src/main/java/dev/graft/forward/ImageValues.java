package dev.graft.forward;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A labelled image's values at some layer: its pixels, or what a network made of them.
 *
 * @param sha256 digest of the image's file, in hexadecimal
 * @param values row-major
 */
@DefaultSerializer(JavaSerializer.class)
public record ImageValues(String uri, String label, String sha256, float[] values) implements Serializable {
    private static final long serialVersionUID = 1;

    ImageValues withValues(float[] others) {
        return new ImageValues(uri, label, sha256, others);
    }
}
