package dev.graft.bench;

import java.io.IOException;
import java.util.List;

/** Multiplies square matrices, of the size at which its library is fastest. */
final class GemmWorker implements Worker {
    /** Rows and columns of the matrices tried. */
    static final List<Integer> SIZES = List.of(768, 1536, 3072);

    private static final int TRIALS = 3;
    private static final double OPERATIONS_AT_ONCE = 3e10;

    /** A product of two matrices of one size, ready to be computed. */
    interface Product extends AutoCloseable {
        void multiply() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Prepares products. */
    interface Library {
        Product product(int size) throws IOException;
    }

    private final Product product;
    private final int repetitions;
    private final double operations;

    GemmWorker(Library library) throws IOException {
        int size = fastestSize(library);
        this.product = library.product(size);
        this.operations = operations(size);
        this.repetitions = (int) Math.ceil(OPERATIONS_AT_ONCE / operations);
    }

    private static int fastestSize(Library library) throws IOException {
        int fastest = 0;
        double highest = 0;
        for (int size : SIZES) {
            double rate = operations(size) / seconds(library, size);
            if (rate > highest) {
                highest = rate;
                fastest = size;
            }
        }
        return fastest;
    }

    /** The shortest of some trials. */
    private static double seconds(Library library, int size) throws IOException {
        long shortest = Long.MAX_VALUE;
        try (Product product = library.product(size)) {
            product.multiply();
            for (int i = 0; i < TRIALS; i++) {
                long start = System.nanoTime();
                product.multiply();
                shortest = Math.min(shortest, System.nanoTime() - start);
            }
        }
        return shortest / 1e9;
    }

    private static double operations(int size) {
        return 2.0 * size * size * size;
    }

    @Override
    public float[] output() {
        return new float[0];
    }

    /** Returns floating point operations. */
    @Override
    public double work() throws IOException {
        for (int i = 0; i < repetitions; i++) {
            product.multiply();
        }
        return repetitions * operations;
    }

    @Override
    public void close() throws IOException {
        product.close();
    }
}
