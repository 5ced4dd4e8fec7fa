package dev.graft.nn;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where the gradients with respect to a layer's weights go: views of DL4J's flat gradient, by parameter. */
record WeightGradients(Map<String, INDArray> views) {
    INDArray of(String parameter) {
        return Objects.requireNonNull(views.get(parameter), parameter);
    }
}
