package dev.graft.compiled;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Runs a compiled network over batches of one size, on memory that it allocates once and reuses; for one thread at a
 * time.
 *
 * <p>A batch that is not full is padded with zeros, so that what comes out for an image never depends on how many
 * stand beside it.
 */
public final class ForwardPass implements AutoCloseable {
    private final Program program;
    private final int batch;
    private final int inputValues;
    private final int outputValues;

    ForwardPass(Program program, int batch, int inputValues, int outputValues) {
        this.program = program;
        this.batch = batch;
        this.inputValues = inputValues;
        this.outputValues = outputValues;
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
        fill(program.input(), pixels, images * inputValues, batch * inputValues);
        program.run();
        float[] outputs = new float[images * outputValues];
        program.output().position(0).get(outputs);
        return outputs;
    }

    /** Fills memory with values, and what is left of it with zeros. */
    static void fill(FloatPointer memory, float[] values, int count, int capacity) {
        memory.position(0).put(values, 0, count);
        if (count < capacity) {
            memory.position(count).put(new float[capacity - count]);
        }
        memory.position(0);
    }

    @Override
    public void close() {
        program.close();
    }
}
