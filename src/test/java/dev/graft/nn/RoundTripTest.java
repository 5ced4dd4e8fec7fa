package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Layers, losses and dropout survive DL4J's JSON and zip, and a frozen network survives the way to an executor. */
class RoundTripTest {
    private final ComputationGraph network = withRandomStatistics();
    private final INDArray input =
            Nd4j.createFromArray(randomFloats(2 * 17 * 17 * 3)).reshape('c', 2, 17, 17, 3);

    @Test
    void configurationSurvivesJson() {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
                .isEqualTo(configuration);
    }

    @Test
    void networkSurvivesZip() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, zip, true);
        ComputationGraph restored =
                ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()), true);
        assertThat(restored.outputSingle(input)).isEqualTo(network.outputSingle(input));
        assertThat(restored.getConfiguration()).isEqualTo(network.getConfiguration());
    }

    @Test
    void lossesAndDropoutSurviveJson() {
        var graph = TestNetworks.builder();
        graph.addLayer("rescaling", new Rescaling(1 / 127.5, -1), "input");
        graph.addLayer("depthwise", new DepthwiseConv2D(3, Window.same(3, 2)), "rescaling");
        graph.addLayer("pool", new GlobalAveragePool2D(), "depthwise");
        graph.addLayer("dropout", new DropoutLayer(new SeededDropout(0.2, 5)), "pool");
        graph.addLayer("head", TestNetworks.output(3, 4), "dropout");
        ComputationGraphConfiguration configuration = graph.setOutputs("head").build();
        assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
                .isEqualTo(configuration);
    }

    @Test
    void frozenNetworkSurvivesTheWayToAnExecutor() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(FrozenNetwork.of(network, "gap", 17, 17, 3));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            CompiledNetwork there = ((FrozenNetwork) in.readObject()).compile();
            CompiledNetwork here = CompiledNetwork.compile(network, "gap", 17, 17, 3);
            assertThat(run(there)).isEqualTo(run(here));
        }
    }

    /** Whoever holds a forward pass alone holds all that it reads. */
    @Test
    void forwardPassOutlivesItsNetwork() {
        try (ForwardPass pass =
                CompiledNetwork.compile(network, "gap", 17, 17, 3).forwardPass(2)) {
            float[] before = pass.run(input.data().asFloat(), 2);
            for (int i = 0; i < 20; i++) {
                System.gc();
                Nd4j.rand(DataType.FLOAT, 1000 + i);
            }
            assertThat(pass.run(input.data().asFloat(), 2)).isEqualTo(before);
        }
    }

    private float[] run(CompiledNetwork compiled) {
        try (ForwardPass pass = compiled.forwardPass(2)) {
            return pass.run(input.data().asFloat(), 2);
        }
    }

    private static ComputationGraph withRandomStatistics() {
        ComputationGraph network = TestNetworks.tiny(new Adam(1e-3), DataType.FLOAT);
        for (String norm : new String[] {"bn1", "bn2", "bnr"}) {
            FixedBatchNorm layer =
                    (FixedBatchNorm) network.getLayer(norm).conf().getLayer();
            float[] variance = randomFloats(layer.channels());
            for (int i = 0; i < variance.length; i++) {
                variance[i] += 0.5f;
            }
            layer.setStatistics(randomFloats(layer.channels()), variance);
        }
        return network;
    }

    private static float[] randomFloats(int count) {
        Random random = new Random(3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }
}
