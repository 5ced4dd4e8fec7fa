package dev.graft.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;

/** The weights of a compiled network, which never change: packed once for each layout, shared between threads. */
final class PackedWeights implements WeightMemory {
    private final Map<Operation.Origin, List<Packed>> packed = new HashMap<>();
    private final Natives natives = new Natives();

    private record Packed(memory.desc layout, memory values) {}

    @Override
    public synchronized memory of(ConvolutionKernel kernel, memory.desc wanted) {
        List<Packed> known = packed.computeIfAbsent(kernel.origin(), origin -> new ArrayList<>());
        for (Packed candidate : known) {
            if (candidate.layout().equals(wanted)) {
                return candidate.values();
            }
        }
        memory.desc layout = natives.own(new memory.desc(wanted));
        memory values = natives.own(new memory(layout, Dnn.engine()));
        try (Natives packing = new Natives()) {
            Dnn.reorder(Dnn.view(packing, kernel.array(), kernel.plain(packing)), values);
        }
        known.add(new Packed(layout, values));
        return values;
    }
}
