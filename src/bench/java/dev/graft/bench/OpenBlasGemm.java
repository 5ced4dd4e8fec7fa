package dev.graft.bench;

import java.io.IOException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products of ND4J, which are OpenBLAS'. */
final class OpenBlasGemm extends WorkingContender {

    OpenBlasGemm(String... arguments) throws IOException {
        super(WorkOrder.parse(arguments), () -> new GemmWorker(MatrixProduct::new));
    }

    /** Column-major, as OpenBLAS likes it. */
    private static final class MatrixProduct implements GemmWorker.Product {
        private final INDArray a;
        private final INDArray b;
        private final INDArray result;

        MatrixProduct(int size) {
            this.a = Nd4j.createFromArray(SharedInput.matrix(size)).reshape('f', size, size);
            this.b = a.dup('f');
            this.result = Nd4j.createUninitialized(new int[] {size, size}, 'f');
        }

        @Override
        public void multiply() {
            Nd4j.gemm(a, b, result, false, false, 1, 0);
        }

        @Override
        public void close() {
            a.close();
            b.close();
            result.close();
        }
    }
}
