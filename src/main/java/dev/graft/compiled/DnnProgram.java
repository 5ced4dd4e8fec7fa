package dev.graft.compiled;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** A network as a sequence of oneDNN primitives: how it runs on a CPU. */
final class DnnProgram implements Program {
    private final DnnGraph graph;
    private final FloatPointer input;
    private final FloatPointer output;

    DnnProgram(List<Step> steps, long[] inputShape, int batch, PackedWeights weights) {
        Natives natives = new Natives();
        memory.desc pixels = natives.own(Dnn.rowMajor(Dnn.dimensions(batch, inputShape)));
        this.graph = new DnnGraph(natives, pixels);
        DnnLayers layers = new DnnLayers(graph, natives, batch, dnnl.prop_kind.forward_inference, weights);
        List<FusedStep> fused = Fusion.of(steps);
        int[] values = new int[fused.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = layers.add(fused.get(i), values);
        }
        int last = layers.inLayout(
                values[values.length - 1],
                layers.rowMajor(steps.get(steps.size() - 1).shape()));
        DnnGraph.Placement placement = graph.place();
        this.input = natives.own(placement.pointer(Step.NETWORK_INPUT));
        this.output = natives.own(placement.pointer(last));
    }

    @Override
    public FloatPointer input() {
        return input;
    }

    @Override
    public FloatPointer output() {
        return output;
    }

    @Override
    public void run() {
        graph.run();
    }

    @Override
    public void close() {
        graph.close();
    }
}
