package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.nn.SigmoidCrossEntropy;
import dev.graft.settings.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

class NetworkZipTest {
    private static final String CONFIGURATION = "configuration.json";
    /** How layers name what draws their first weights. */
    private static final Pattern WEIGHTS = Pattern.compile("(\"weightInitFn\" : )\\{[^}]*}");

    private static boolean made;

    /** What an attacker would find on the class path: its constructor does something. */
    public static final class Payload extends WeightInitXavier {
        private static final long serialVersionUID = 1;

        public Payload() {
            made = true;
        }
    }

    @Test
    void readsWhatDl4jWrites() throws IOException {
        ComputationGraph network = network();
        ComputationGraph read = NetworkZip.read(new ByteArrayInputStream(zip(entries(network))));
        assertThat(read.params()).isEqualTo(network.params());
        assertThat(read.getConfiguration()).isEqualTo(network.getConfiguration());
    }

    @Test
    void aClassThatNoNetworkHasIsRefusedAndNotMade() throws IOException {
        String name = Payload.class.getName();
        List<String> forms = List.of(
                "{ \"@class\" : \"" + name + "\" }",
                "[ \"" + name + "\", { } ]",
                "{ \"@class\" : \"" + name + "\", \"@class\" : \"" + WeightInitXavier.class.getName() + "\" }");
        for (String form : forms) {
            Map<String, byte[]> entries = entries(network());
            String planted = planted(entries, form);
            entries.put(CONFIGURATION, planted.getBytes(StandardCharsets.UTF_8));
            made = false;
            assertThatThrownBy(() -> NetworkZip.read(new ByteArrayInputStream(zip(entries))))
                    .as(form)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("names the class " + name);
            assertThat(made).as(form).isFalse();
        }
        ComputationGraphConfiguration.fromJson(planted(entries(network()), forms.get(0)));
        assertThat(made).as("DL4J itself makes it").isTrue();
    }

    private static String planted(Map<String, byte[]> entries, String form) {
        String configuration = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
        String planted = WEIGHTS.matcher(configuration).replaceFirst("$1" + Matcher.quoteReplacement(form));
        assertThat(planted).isNotEqualTo(configuration);
        return planted;
    }

    @Test
    void aZipWithoutParametersIsNoNetwork() throws IOException {
        Map<String, byte[]> entries = entries(network());
        entries.remove("coefficients.bin");
        assertThatThrownBy(() -> NetworkZip.read(new ByteArrayInputStream(zip(entries))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("coefficients.bin");
    }

    private static ComputationGraph network() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("features")
                .addLayer(
                        "dense",
                        new OutputLayer.Builder(new SigmoidCrossEntropy())
                                .nIn(3)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "features")
                .setOutputs("dense")
                .build());
        network.init();
        return network;
    }

    private static Map<String, byte[]> entries(ComputationGraph network) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, written, false);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written.toByteArray()));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            entries.put(entry.getName(), zip.readAllBytes());
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
