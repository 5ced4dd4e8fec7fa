package dev.graft.compiled;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN on this machine's CPU: its engine, its layouts, and how arrays get into them. */
final class Dnn {
    /** The layout that a primitive likes best. */
    static final memory.format_tag ANY = memory.format_tag.any;

    private Dnn() {}

    private static final class Holder {
        private static final engine CPU = new engine(engine.kind.cpu, 0);
    }

    static engine engine() {
        return Holder.CPU;
    }

    /** Dimensions of a batch, in oneDNN's order: images, channels, height, width; or images, values. */
    static long[] dimensions(int batch, long... shape) {
        return shape.length == 1 ? new long[] {batch, shape[0]} : new long[] {batch, shape[2], shape[0], shape[1]};
    }

    /** Dimensions of a layout. */
    static long[] dimensions(memory.desc description) {
        long[] dimensions = new long[description.data().ndims()];
        description.dims().get(dimensions);
        return dimensions;
    }

    static memory.desc description(long[] dimensions, memory.format_tag layout) {
        return new memory.desc(dimensions, memory.data_type.f32, layout);
    }

    /** The layout of arrays outside: NHWC, or rows. */
    static memory.desc rowMajor(long[] dimensions) {
        return description(dimensions, dimensions.length == 2 ? memory.format_tag.ab : memory.format_tag.nhwc);
    }

    /** Memory of oneDNN's own, aligned as it likes it. */
    static memory allocate(Natives natives, long bytes) {
        memory.desc description =
                natives.own(new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.a));
        return natives.own(new memory(description, engine()));
    }

    /** An array as oneDNN sees it; kept as long as the natives are. */
    static memory view(Natives natives, INDArray array, memory.desc description) {
        natives.keep(array);
        return natives.own(new memory(description, engine(), array.data().addressPointer()));
    }

    /**
     * What primitives have in common: scratch memory that the caller gives, so that two threads never share it; and what
     * is done to their result.
     */
    static primitive_attr attributes(Natives natives, boolean accumulates, Operation.@Nullable Relu activation) {
        post_ops after = natives.own(new post_ops());
        if (accumulates) {
            after.append_sum();
        }
        if (activation != null) {
            after.append_eltwise(1, algorithm(activation), 0, ceiling(activation));
        }
        primitive_attr attributes = natives.own(new primitive_attr());
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        attributes.set_post_ops(after);
        return attributes;
    }

    static primitive_attr attributes(Natives natives) {
        return attributes(natives, false, null);
    }

    static dnnl.algorithm algorithm(Operation.Relu activation) {
        return Double.isInfinite(activation.ceiling()) ? dnnl.algorithm.eltwise_relu : dnnl.algorithm.eltwise_clip;
    }

    /** The second parameter of the algorithm. */
    static float ceiling(Operation.Relu activation) {
        return Double.isInfinite(activation.ceiling()) ? 0 : (float) activation.ceiling();
    }

    /** A node that changes the layout of a value. */
    static DnnGraph.Node reordering(Natives natives, int value, memory.desc from, memory.desc to) {
        return copy(natives, from, to, to, List.of(new DnnGraph.Read(value, dnnl.DNNL_ARG_FROM)), Map.of());
    }

    /** A node that makes a value of memory outside of the graph. */
    static DnnGraph.Node loading(Natives natives, memory from, memory.desc to) {
        return copy(natives, layout(natives, from), to, to, List.of(), Map.of(dnnl.DNNL_ARG_FROM, from));
    }

    /** A node that copies a value to memory outside of the graph. */
    static DnnGraph.Node storing(Natives natives, int value, memory.desc from, memory to) {
        List<DnnGraph.Read> inputs = List.of(new DnnGraph.Read(value, dnnl.DNNL_ARG_FROM));
        return copy(natives, from, layout(natives, to), null, inputs, Map.of(dnnl.DNNL_ARG_TO, to));
    }

    /** A node that copies memory outside of the graph to other such memory. */
    static DnnGraph.Node copying(Natives natives, memory from, memory to) {
        Map<Integer, memory> constants = Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to);
        return copy(natives, layout(natives, from), layout(natives, to), null, List.of(), constants);
    }

    private static memory.desc layout(Natives natives, memory values) {
        return natives.own(values.get_desc());
    }

    private static DnnGraph.Node copy(
            Natives natives,
            memory.desc from,
            memory.desc to,
            memory.@Nullable desc output,
            List<DnnGraph.Read> inputs,
            Map<Integer, memory> constants) {
        var description =
                natives.own(new reorder.primitive_desc(engine(), from, engine(), to, attributes(natives), false));
        reorder code = natives.own(new reorder(description));
        return new DnnGraph.Node(description, code, output, dnnl.DNNL_ARG_TO, 0, inputs, constants);
    }

    /** Copies memory into memory of another layout, now. */
    static void reorder(memory from, memory to) {
        try (Natives natives = new Natives()) {
            stream order = natives.own(new stream(engine()));
            IntMemoryMap arguments = natives.own(new IntMemoryMap());
            arguments.put(dnnl.DNNL_ARG_FROM, from);
            arguments.put(dnnl.DNNL_ARG_TO, to);
            natives.own(new reorder(from, to)).execute(order, arguments);
            order._wait();
        }
    }
}
