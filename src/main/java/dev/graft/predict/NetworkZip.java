package dev.graft.predict;

import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.Devices;
import dev.graft.nn.FloatArrays;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Reads the zip that DL4J writes of a network. Its configuration names Java classes, and DL4J makes an object of each,
 * whatever it is; here only those are made that the networks of Graft consist of.
 */
final class NetworkZip {
    private static final String OWN_CLASSES = "dev.graft.nn.";

    /** What DL4J and ND4J contribute to the networks of this release and of those before. */
    private static final Set<String> CLASSES = Set.of(
            "org.deeplearning4j.nn.conf.dropout.Dropout",
            "org.deeplearning4j.nn.conf.graph.ElementWiseVertex",
            "org.deeplearning4j.nn.conf.graph.LayerVertex",
            "org.deeplearning4j.nn.conf.layers.ActivationLayer",
            "org.deeplearning4j.nn.conf.layers.DropoutLayer",
            "org.deeplearning4j.nn.conf.layers.OutputLayer",
            "org.deeplearning4j.nn.weights.WeightInitXavier",
            "org.nd4j.linalg.activations.impl.ActivationIdentity",
            "org.nd4j.linalg.activations.impl.ActivationReLU",
            "org.nd4j.linalg.activations.impl.ActivationReLU6",
            "org.nd4j.linalg.activations.impl.ActivationSigmoid",
            "org.nd4j.linalg.learning.config.Adam",
            "org.nd4j.linalg.learning.config.Sgd");

    /** Of Xception it is one MiB, most of it statistics of batch norm. */
    private static final int MOST_CONFIGURATION_BYTES = 32 << 20;

    /** A GiB. */
    private static final int MOST_PARAMETERS = 1 << 28;

    private static final long MOST_IGNORED_BYTES = 1L << 30;

    private NetworkZip() {}

    /**
     * Reads a network, without the state of its updater. Nothing is read into memory, and nothing by native code, before
     * its length was held against what the configuration needs.
     *
     * @throws InvalidInputException if it is no such zip, if its configuration names a class that no network of Graft
     *     has, or if weights are NaN or infinite
     * @throws IOException if it cannot be read
     */
    static ComputationGraph read(InputStream zip) throws IOException {
        Devices.requireBackend();
        try {
            ComputationGraph network = network(new ZipInputStream(zip));
            for (Layer layer : network.getLayers()) {
                requireFinite(layer);
            }
            return network;
        } catch (DamagedException | ZipException | EOFException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private static ComputationGraph network(ZipInputStream entries) throws IOException {
        ComputationGraphConfiguration configuration = null;
        INDArray parameters = null;
        long ignored = 0;
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
                configuration = once(configuration, entry, parse(text(entries)));
            } else if (entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN)) {
                parameters = once(parameters, entry, parameters(entries, configuration));
            } else {
                ignored += skip(entries, MOST_IGNORED_BYTES - ignored);
            }
        }
        if (configuration == null || parameters == null) {
            throw new DamagedException(
                    "it lacks " + ModelSerializer.CONFIGURATION_JSON + " or " + ModelSerializer.COEFFICIENTS_BIN);
        }
        return network(configuration, parameters);
    }

    private static ComputationGraph network(ComputationGraphConfiguration configuration, INDArray parameters)
            throws DamagedException {
        try {
            ComputationGraph network = new ComputationGraph(configuration);
            network.init(parameters, false);
            return network;
        } catch (RuntimeException e) { // DL4J's are of many types
            throw new DamagedException("its configuration is that of no network (" + e.getMessage() + ")", e);
        }
    }

    private static void requireFinite(Layer layer) {
        layer.paramTable().forEach((name, values) -> requireFinite(layer, name, FloatArrays.values(values)));
        if (layer.conf().getLayer() instanceof BatchNormLayer norm) {
            requireFinite(layer, "moving_mean", norm.movingMean());
            requireFinite(layer, "moving_variance", norm.movingVariance());
        }
    }

    private static void requireFinite(Layer layer, String weight, float... values) {
        int count = FloatArrays.countNotFinite(values);
        if (count > 0) {
            throw new InvalidInputException(
                    "Cannot read a network: %d of %d values of %s/%s are NaN or infinite (take another version of the model, or train it anew)"
                            .formatted(
                                    count,
                                    values.length,
                                    layer.conf().getLayer().getLayerName(),
                                    weight));
        }
    }

    private static String text(InputStream entry) throws IOException {
        byte[] text = entry.readNBytes(MOST_CONFIGURATION_BYTES);
        if (entry.read() >= 0) {
            throw new DamagedException("its configuration has more than " + MOST_CONFIGURATION_BYTES + " bytes");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static INDArray parameters(InputStream entry, @Nullable ComputationGraphConfiguration configuration)
            throws IOException {
        if (configuration == null) {
            throw new DamagedException("its parameters come before its configuration");
        }
        return ParameterEntry.read(entry, count(configuration));
    }

    private static int count(ComputationGraphConfiguration configuration) throws DamagedException {
        long all = 0;
        try {
            for (GraphVertex vertex : configuration.getVertices().values()) {
                long some = vertex.numParams(false);
                all = Math.addExact(all, some < 0 ? MOST_PARAMETERS + 1L : some);
            }
        } catch (RuntimeException e) { // layers without what they count their parameters by
            throw new DamagedException("its configuration is that of no network (" + e.getMessage() + ")", e);
        }
        if (all < 1 || all > MOST_PARAMETERS) {
            throw new DamagedException(
                    "its configuration needs " + all + " parameters, expected up to " + MOST_PARAMETERS);
        }
        return (int) all;
    }

    private static long skip(InputStream entry, long most) throws IOException {
        long skipped = entry.skip(most);
        for (long more = skipped; more > 0 && skipped < most; skipped += more) {
            more = entry.skip(most - skipped);
        }
        if (entry.read() >= 0) {
            throw new DamagedException("it has more than " + MOST_IGNORED_BYTES + " bytes that are of no network");
        }
        return skipped;
    }

    private static <T> T once(@Nullable T before, ZipEntry entry, T content) throws IOException {
        if (before != null) {
            throw new DamagedException("it has " + entry.getName() + " twice");
        }
        return content;
    }

    /**
     * DL4J's own parser with its door closed: whatever form a class is named in, Jackson asks before it loads it. DL4J's
     * {@code fromJson} would ask nobody.
     */
    private static ComputationGraphConfiguration parse(String json) throws DamagedException {
        ObjectMapper mapper = NeuralNetConfiguration.mapper().copy();
        mapper.setPolymorphicTypeValidator(new KnownClasses());
        try {
            return Objects.requireNonNull(mapper.readValue(json, ComputationGraphConfiguration.class), "it is null");
        } catch (InvalidTypeIdException e) {
            throw new InvalidInputException(
                    "Cannot read a network: its configuration names the class " + e.getTypeId()
                            + ", which no network of Graft has; it was not written by Graft",
                    e);
        } catch (JsonProcessingException | RuntimeException | StackOverflowError e) { // a level calls the next
            throw new DamagedException(
                    "its configuration cannot be read (" + ShownText.name(String.valueOf(e.getMessage())) + ")", e);
        }
    }

    private static InvalidInputException damaged(String reason, Throwable cause) {
        return new InvalidInputException(
                "Cannot read a network: " + reason + "; it was not written by Graft, or is damaged", cause);
    }

    /** Allows classes by name, before they are loaded. */
    private static final class KnownClasses extends PolymorphicTypeValidator.Base {
        private static final long serialVersionUID = 1;

        @Override
        public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
            return name.startsWith(OWN_CLASSES) || CLASSES.contains(name) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
