package dev.graft.compiled;

/** Whether ND4J's backend, whatever it runs on, computes what oneDNN computes on the CPU. */
public final class BackendComparison {
    private BackendComparison() {}

    /**
     * The largest difference between the outputs of a network.
     *
     * @param pixels images one after another, in the network's input shape
     * @param images how many
     */
    public static double largestDifference(FrozenNetwork network, float[] pixels, int images) {
        CompiledNetwork compiled = network.compile();
        try (ForwardPass onCpu = compiled.onOneDnn(images);
                ForwardPass onBackend = compiled.onNd4j(images)) {
            float[] expected = onCpu.run(pixels, images);
            float[] actual = onBackend.run(pixels, images);
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i] - actual[i]));
            }
            return largest;
        }
    }
}
