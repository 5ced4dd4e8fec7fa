package dev.graft.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A network as a sequence of ND4J's own operations: how it runs wherever ND4J does. */
final class Nd4jProgram implements Program {
    private final int batch;
    private final List<INDArray> buffers;
    private final INDArray input;
    private final INDArray output;
    private final List<Runnable> operations = new ArrayList<>();

    Nd4jProgram(List<Step> steps, long[] inputShape, int batch) {
        this.batch = batch;
        BufferPlan plan = BufferPlan.of(values(steps), Step.values(inputShape));
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            this.buffers = allocate(plan, batch);
            this.input = view(plan.inputBuffer(), inputShape);
            this.output = bind(steps, plan);
        }
    }

    private static List<BufferPlan.Value> values(List<Step> steps) {
        List<BufferPlan.Value> values = new ArrayList<>();
        for (Step step : steps) {
            int overwritable = step.operation().inPlace() ? step.inputs().length : 0;
            values.add(new BufferPlan.Value(step.valuesPerImage(), overwritable, step.inputs()));
        }
        return values;
    }

    private static List<INDArray> allocate(BufferPlan plan, int batch) {
        List<INDArray> buffers = new ArrayList<>();
        for (long valuesPerImage : plan.sizes()) {
            buffers.add(Nd4j.create(DataType.FLOAT, valuesPerImage * batch));
        }
        return buffers;
    }

    /** Binds each operation to its buffers; returns the output of the last. */
    private INDArray bind(List<Step> steps, BufferPlan plan) {
        INDArray[] values = new INDArray[steps.size()];
        for (int i = 0; i < values.length; i++) {
            Step step = steps.get(i);
            values[i] = view(plan.buffer(i), step.shape());
            INDArray[] inputs = Arrays.stream(step.inputs())
                    .mapToObj(j -> j == Step.NETWORK_INPUT ? input : values[j])
                    .toArray(INDArray[]::new);
            operations.add(step.operation().bind(values[i], inputs));
        }
        return values[values.length - 1];
    }

    private INDArray view(int buffer, long[] shape) {
        long[] batchShape = new long[shape.length + 1];
        batchShape[0] = batch;
        System.arraycopy(shape, 0, batchShape, 1, shape.length);
        INDArray values = buffers.get(buffer).get(NDArrayIndex.interval(0, batch * Step.values(shape)));
        return values.reshape('c', batchShape);
    }

    @Override
    public FloatPointer input() {
        return (FloatPointer) input.data().pointer();
    }

    @Override
    public FloatPointer output() {
        return (FloatPointer) output.data().pointer();
    }

    @Override
    public void run() {
        operations.forEach(Runnable::run);
    }

    @Override
    public void close() {
        buffers.forEach(INDArray::close);
    }
}
