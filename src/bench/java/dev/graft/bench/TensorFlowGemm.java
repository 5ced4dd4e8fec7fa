package dev.graft.bench;

import java.io.IOException;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** Matrix products of TensorFlow, one factor a constant. */
final class TensorFlowGemm extends WorkingContender {

    TensorFlowGemm(String... arguments) throws IOException {
        super(WorkOrder.parse(arguments), () -> new GemmWorker(MatrixProduct::new));
    }

    private static final class MatrixProduct implements GemmWorker.Product {
        private final Graph graph = new Graph();
        private final Placeholder<TFloat32> input;
        private final MatMul<TFloat32> product;
        private final Session session;
        private final TFloat32 factor;

        MatrixProduct(int size) {
            float[] matrix = SharedInput.matrix(size);
            Shape shape = Shape.of(size, size);
            Ops tf = Ops.create(graph);
            this.input = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            this.product = tf.linalg.matMul(input, tf.constant(shape, DataBuffers.of(matrix)));
            this.session = new Session(graph);
            this.factor = TensorFlow32.tensor(matrix, size, size);
        }

        @Override
        public void multiply() {
            session.runner().feed(input, factor).addTarget(product).run().close();
        }

        @Override
        public void close() {
            factor.close();
            session.close();
            graph.close();
        }
    }
}
