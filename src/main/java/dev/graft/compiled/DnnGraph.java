package dev.graft.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN primitives in the order in which they run, and the values between them. It grows node by node; then its values
 * are placed in memory, once, and it runs as often as wanted.
 */
final class DnnGraph implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final Natives natives;
    private final stream order;
    private final memory.desc inputDescription;
    private final memory.desc nothing;
    private final List<Node> nodes = new ArrayList<>();
    private final List<memory.desc> descriptions = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private long scratchpadBytes;

    /**
     * A primitive and what it works on.
     *
     * @param description of the primitive
     * @param code the primitive
     * @param output layout of the value it gives; null for one whose result is a constant's memory
     * @param outputArgument its argument for that value
     * @param overwritable how many of the inputs, from the first, the output may be written over
     * @param inputs the values it reads; one that is written over is the output's argument
     * @param constants its other arguments
     */
    record Node(
            primitive_desc_base description,
            primitive code,
            memory.@Nullable desc output,
            int outputArgument,
            int overwritable,
            List<Read> inputs,
            Map<Integer, memory> constants) {}

    /**
     * That a primitive reads a value.
     *
     * @param value {@link Step#NETWORK_INPUT} for the graph's input
     * @param argument of the primitive
     */
    record Read(int value, int argument) {
        static Read source(int value) {
            return new Read(value, dnnl.DNNL_ARG_SRC);
        }
    }

    private record Call(primitive code, IntMemoryMap arguments) {}

    /** @param natives where everything is kept that the graph needs; closed with it */
    DnnGraph(Natives natives, memory.desc inputDescription) {
        this.natives = natives;
        this.inputDescription = inputDescription;
        this.nothing = natives.own(new memory.desc());
        this.order = natives.own(new stream(Dnn.engine()));
    }

    /** Appends a node; returns the value it gives. */
    int add(Node node) {
        nodes.add(node);
        descriptions.add(node.output() == null ? nothing : node.output());
        scratchpadBytes = Math.max(scratchpadBytes, scratchpad(node).get_size());
        return nodes.size() - 1;
    }

    /** How a value lies in memory. */
    memory.desc description(int value) {
        return value == Step.NETWORK_INPUT ? inputDescription : descriptions.get(value);
    }

    Node node(int value) {
        return nodes.get(value);
    }

    int size() {
        return nodes.size();
    }

    /** Reads a value with other dimensions from now on; its memory is the same. */
    int viewed(int value, memory.desc dimensions) {
        descriptions.set(value, dimensions);
        return value;
    }

    private memory.desc scratchpad(Node node) {
        return natives.own(node.description().scratchpad_desc());
    }

    /** Gives every value its memory, and every primitive its arguments. */
    Placement place() {
        BufferPlan plan = BufferPlan.of(values(), inputDescription.get_size());
        List<Pointer> buffers = allocate(plan.sizes());
        memory scratchpad = Dnn.allocate(natives, Math.max(scratchpadBytes, 1));
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            IntMemoryMap arguments = natives.own(new IntMemoryMap());
            for (Read read : node.inputs()) {
                arguments.put(read.argument(), at(description(read.value()), buffers.get(plan.buffer(read.value()))));
            }
            if (node.output() != null) {
                arguments.put(node.outputArgument(), at(node.output(), buffers.get(plan.buffer(i))));
            }
            arguments.put(dnnl.DNNL_ARG_SCRATCHPAD, at(scratchpad(node), scratchpad.get_data_handle()));
            node.constants().forEach(arguments::put);
            calls.add(new Call(node.code(), arguments));
        }
        return new Placement(plan, buffers);
    }

    private List<BufferPlan.Value> values() {
        List<BufferPlan.Value> values = new ArrayList<>();
        for (Node node : nodes) {
            int[] inputs = node.inputs().stream().mapToInt(Read::value).toArray();
            long bytes = node.output() == null ? 0 : aligned(node.output().get_size());
            values.add(new BufferPlan.Value(bytes, node.overwritable(), inputs));
        }
        return values;
    }

    private List<Pointer> allocate(List<Long> sizes) {
        List<Pointer> buffers = new ArrayList<>();
        for (long size : sizes) {
            buffers.add(natives.own(Dnn.allocate(natives, Math.max(size, 1)).get_data_handle()));
        }
        return buffers;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private memory at(memory.desc description, Pointer address) {
        return natives.own(new memory(description, Dnn.engine(), address));
    }

    /** Runs all primitives, in order. */
    void run() {
        run(0, calls.size());
    }

    /** Runs the primitives of some nodes, in order. */
    void run(int from, int to) {
        for (Call call : calls.subList(from, to)) {
            call.code().execute(order, call.arguments());
        }
        order._wait();
    }

    @Override
    public void close() {
        natives.close();
    }

    /** Where the values of a graph are. */
    record Placement(BufferPlan plan, List<Pointer> buffers) {
        FloatPointer pointer(int value) {
            return new FloatPointer(buffers.get(plan.buffer(value)));
        }
    }
}
