package dev.graft.train;

import dev.graft.nn.Devices;
import dev.graft.settings.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

    private NetworkZip() {}

    /**
     * Reads a network, without the state of its updater.
     *
     * @throws InvalidInputException if its configuration names a class that no network of Graft has
     * @throws IOException if it cannot be read, or is no such zip
     */
    static ComputationGraph read(InputStream zip) throws IOException {
        Devices.requireBackend();
        String configuration = null;
        INDArray parameters = null;
        ZipInputStream entries = new ZipInputStream(zip);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
                configuration = once(configuration, entry, new String(entries.readAllBytes(), StandardCharsets.UTF_8));
            } else if (entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN)) {
                parameters = once(parameters, entry, Nd4j.read(new BufferedInputStream(entries)));
            }
        }
        if (configuration == null || parameters == null) {
            throw new IOException(
                    "it lacks " + ModelSerializer.CONFIGURATION_JSON + " or " + ModelSerializer.COEFFICIENTS_BIN);
        }
        ComputationGraph network = new ComputationGraph(parse(configuration));
        network.init(parameters, false);
        return network;
    }

    private static <T> T once(@Nullable T before, ZipEntry entry, T content) throws IOException {
        if (before != null) {
            throw new IOException("it has " + entry.getName() + " twice");
        }
        return content;
    }

    /**
     * DL4J's own parser with its door closed: whatever form a class is named in, Jackson asks before it loads it. DL4J's
     * {@code fromJson} would ask nobody.
     */
    private static ComputationGraphConfiguration parse(String json) throws IOException {
        ObjectMapper mapper = NeuralNetConfiguration.mapper().copy();
        mapper.setPolymorphicTypeValidator(new KnownClasses());
        try {
            return mapper.readValue(json, ComputationGraphConfiguration.class);
        } catch (InvalidTypeIdException e) {
            throw new InvalidInputException(
                    "Cannot read a network: its configuration names the class " + e.getTypeId()
                            + ", which no network of Graft has; it was not written by Graft",
                    e);
        }
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
