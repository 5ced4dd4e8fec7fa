package dev.graft.predict;

import static dev.graft.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.nn.SigmoidCrossEntropy;
import dev.graft.publish.DamagedJson;
import dev.graft.settings.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final ObjectMapper JSON = new ObjectMapper();
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
        assertSameBits(read.params(), network.params());
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
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read a network: it lacks configuration.json or coefficients.bin;"
                        + " it was not written by Graft, or is damaged");
    }

    @Test
    void parametersBeforeTheirConfigurationAreRefused() throws IOException {
        Map<String, byte[]> entries = entries(network());
        Map<String, byte[]> turned = new LinkedHashMap<>();
        turned.put(COEFFICIENTS, entries.get(COEFFICIENTS));
        turned.put(CONFIGURATION, entries.get(CONFIGURATION));
        assertRefused(turned, "its parameters come before its configuration");
    }

    @Test
    void whatIsOfNoNetworkIsIgnored() throws IOException {
        Map<String, byte[]> entries = entries(network());
        entries.put("../../../tmp/x", new byte[100_000]);
        assertThat(NetworkZip.read(new ByteArrayInputStream(zip(entries))).numParams())
                .isEqualTo(4);
    }

    @Test
    void lengthsMustBeThoseThatTheConfigurationNeeds() throws IOException {
        byte[] whole = entries(network()).get(COEFFICIENTS);
        int shape = 2 + "MIXED_DATA_TYPES".length();
        int length = whole.length - 4 * Float.BYTES - (2 + "FLOAT".length()) - Long.BYTES;
        for (long odd : new long[] {Long.MIN_VALUE, -1, 0, 3, 5, 0x7fffffffL, 0x7fffffffffL, Long.MAX_VALUE}) {
            assertRefused(with(COEFFICIENTS, number(whole, shape, odd)), "its parameters are no row of values");
            assertRefused(
                    with(COEFFICIENTS, number(whole, length, odd)),
                    "it has " + odd + " parameters, and its configuration is that of a network of 4");
        }
        assertRefused(
                with(COEFFICIENTS, Arrays.copyOf(whole, whole.length - 1)), "there is less than its 4 parameters");
        assertRefused(
                with(COEFFICIENTS, Arrays.copyOf(whole, whole.length + 1)), "there is more than its 4 parameters");
        assertRefused(with(COEFFICIENTS, new byte[0]), "there is less than its 4 parameters");
    }

    @Test
    void aConfigurationOfManyMegabytesIsRefused() throws IOException {
        byte[] spaces = new byte[(32 << 20) + 1];
        Arrays.fill(spaces, (byte) ' ');
        assertRefused(with(CONFIGURATION, spaces), "its configuration has more than 33554432 bytes");
    }

    @Test
    void aConfigurationOfTooManyParametersIsRefused() throws IOException {
        String configuration = new String(entries(network()).get(CONFIGURATION), StandardCharsets.UTF_8);
        String wide = configuration.replaceFirst("\"nin\" : 3", "\"nin\" : 300000000");
        assertThat(wide).isNotEqualTo(configuration);
        assertRefused(
                with(CONFIGURATION, wide.getBytes(StandardCharsets.UTF_8)),
                "its configuration needs 300000001 parameters, expected up to 268435456");
    }

    @Test
    void weightsThatAreNotFiniteAreRefusedByName() throws IOException {
        ComputationGraph network = network();
        network.getLayer("dense").getParam("W").putScalar(1, Float.NaN);
        assertThatThrownBy(() -> NetworkZip.read(new ByteArrayInputStream(zip(entries(network)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read a network: 1 of 3 values of dense/W are NaN or infinite"
                        + " (take another version of the model, or train it anew)");
    }

    @Test
    void labelsMustFitTheOutputs() throws IOException {
        byte[] zip = zip(entries(network()));
        assertThat(Classifier.read(new ByteArrayInputStream(zip), List.of("a", "b"), 8)
                        .labels())
                .hasSize(2);
        for (List<String> labels : List.of(List.of("a"), List.of("a", "b", "c"))) {
            assertThatThrownBy(() -> Classifier.read(new ByteArrayInputStream(zip), labels, 8))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "Cannot read a network: it has 1 logits, which do not fit %d labels"
                                    + " (one for two classes, else one for each)",
                            labels.size());
        }
    }

    @Test
    void everyDamageIsRefused() throws IOException {
        Random random = new Random(14);
        Map<String, byte[]> whole = entries(network());
        JsonNode configuration = JSON.readTree(whole.get(CONFIGURATION));
        int refused = 0;
        for (int round = 0; round < 250; round++) {
            Map<String, byte[]> entries = new LinkedHashMap<>(whole);
            if (random.nextInt(4) > 0) {
                entries.put(CONFIGURATION, JSON.writeValueAsBytes(DamagedJson.damaged(configuration, random)));
            } else {
                byte[] damaged = whole.get(COEFFICIENTS).clone();
                damaged[random.nextInt(damaged.length - 4 * Float.BYTES)] = (byte) random.nextInt();
                entries.put(COEFFICIENTS, damaged);
            }
            byte[] zip = zip(entries);
            if (random.nextInt(5) == 0) {
                zip[random.nextInt(zip.length)] = (byte) random.nextInt();
            }
            long start = System.nanoTime();
            try {
                NetworkZip.read(new ByteArrayInputStream(zip));
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("Cannot read a network: ");
                refused++;
            } catch (RuntimeException | IOException | Error e) {
                fail("round " + round + ": " + new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8), e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(refused).isBetween(50, 250);
    }

    private static Map<String, byte[]> with(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = entries(network());
        entries.put(name, content);
        return entries;
    }

    private static byte[] number(byte[] whole, int at, long number) {
        return ByteBuffer.wrap(whole.clone()).putLong(at, number).array();
    }

    private static void assertRefused(Map<String, byte[]> entries, String reason) {
        assertThatThrownBy(() -> NetworkZip.read(new ByteArrayInputStream(zip(entries))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read a network: " + reason + "; it was not written by Graft, or is damaged");
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
