package dev.graft.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Runs a compiled network over batches of one size, on memory that it allocates once and reuses; for one thread at a
 * time.
 *
 * <p>A batch that is not full is padded with zeros, so that what comes out for an image never depends on how many
 * stand beside it.
 */
public final class ForwardPass implements AutoCloseable {
    private final int batch;
    private final int inputValues;
    private final int outputValues;
    private final List<INDArray> buffers;
    private final INDArray input;
    private final INDArray output;
    private final List<Runnable> operations = new ArrayList<>();

    ForwardPass(List<Step> steps, long[] inputShape, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("Invalid batch: " + batch + " images (at least 1)");
        }
        this.batch = batch;
        this.inputValues = Math.toIntExact(Step.values(inputShape));
        BufferPlan plan = BufferPlan.of(steps, inputValues);
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            this.buffers = allocate(plan, batch);
            this.input = view(plan.inputBuffer(), inputShape);
            this.output = bind(steps, plan);
        }
        this.outputValues = Math.toIntExact(output.length() / batch);
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

    /** The number of images in a batch. */
    public int batch() {
        return batch;
    }

    /** The number of values of one image's output. */
    public int outputValues() {
        return outputValues;
    }

    /**
     * Runs one batch.
     *
     * @param pixels the images one after another, each in the network's input shape, row-major
     * @param images how many there are, 1 to {@link #batch}
     * @return the outputs one after another, {@link #outputValues} each
     */
    public float[] run(float[] pixels, int images) {
        if (images < 1 || images > batch || pixels.length < images * inputValues) {
            throw new IllegalArgumentException("Cannot run a batch of " + images + " images in " + pixels.length
                    + " values: batches have 1 to " + batch + " images of " + inputValues + " values");
        }
        FloatPointer target = (FloatPointer) input.data().pointer();
        target.position(0).put(pixels, 0, images * inputValues);
        if (images < batch) {
            target.position((long) images * inputValues).put(new float[(batch - images) * inputValues]);
        }
        target.position(0);
        operations.forEach(Runnable::run);
        float[] outputs = new float[images * outputValues];
        ((FloatPointer) output.data().pointer()).position(0).get(outputs);
        return outputs;
    }

    @Override
    public void close() {
        buffers.forEach(INDArray::close);
    }
}
