package dev.graft.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.graft.publish.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON of a run's records; numbers that are not defined are null, fields that are not known are ignored. */
public final class RunJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(Json.instants())
            .addModule(numbers())
            .build();

    private RunJson() {}

    /** A record as text, UTF-8. */
    public static byte[] write(Object value) {
        try {
            String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
            return (json + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write JSON of " + value.getClass(), e);
        }
    }

    /**
     * Reads a record.
     *
     * @throws JsonProcessingException when it is not JSON of that type
     */
    public static <T> T read(byte[] json, Class<T> type) throws JsonProcessingException {
        T value = MAPPER.readValue(new String(json, StandardCharsets.UTF_8), type);
        if (value == null) {
            throw new JsonMappingException(null, "there is nothing in it");
        }
        return value;
    }

    /** A record as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Makes a record of a tree.
     *
     * @throws IllegalArgumentException when the tree is not of that type
     */
    public static <T> T convert(JsonNode tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    private static SimpleModule numbers() {
        return new SimpleModule("numbers")
                .addSerializer(double.class, new NumberSerializer())
                .addSerializer(Double.class, new NumberSerializer())
                .addDeserializer(double.class, new NumberDeserializer());
    }

    private static final class NumberSerializer extends StdSerializer<Double> {
        private static final long serialVersionUID = 1;

        NumberSerializer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }

    private static final class NumberDeserializer extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1;

        NumberDeserializer() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }
}
