package dev.graft.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** JSON of a bundle's records: unknown fields are ignored, missing ones refused unless an earlier release had none. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(instants())
            .build();

    /** Fields that records did not always have, with what stands for them where they are missing. */
    private static final Map<Class<?>, Map<String, JsonNode>> ADDED =
            Map.of(Provenance.class, Map.of("parent", TextNode.valueOf("")));

    private Json() {}

    /** Instants as text in ISO 8601. */
    public static SimpleModule instants() {
        return new SimpleModule("instants")
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(Instant.class, new InstantDeserializer());
    }

    static byte[] write(Object value) throws JsonProcessingException {
        String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static <T> T read(byte[] json, Class<T> type) throws JsonProcessingException {
        JsonNode tree = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
        if (tree instanceof ObjectNode object) {
            ADDED.getOrDefault(type, Map.of()).forEach((field, value) -> object.putIfAbsent(field, value));
        }
        T value = MAPPER.treeToValue(tree, type);
        if (value == null) {
            throw new JsonMappingException(null, "there is nothing in it");
        }
        return value;
    }

    /** Jackson's own module for dates is not on the class path of every Spark. */
    private static final class InstantDeserializer extends FromStringDeserializer<Instant> {
        InstantDeserializer() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(value);
            } catch (DateTimeException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, value, "not an instant in ISO 8601");
            }
        }
    }
}
