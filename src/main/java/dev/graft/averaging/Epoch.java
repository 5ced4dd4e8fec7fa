package dev.graft.averaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one epoch.
 *
 * @param number from one
 * @param loss mean over the training examples as they were trained on: dropout, class weights and label smoothing included
 * @param training on the training examples as they were trained on, dropout included
 * @param validation on the validation examples, after the epoch
 * @param bytes of parameters and updater state that crossed the network
 * @param rounds of averaging
 * @param seconds it took, validation included
 */
public record Epoch(int number, double loss, Score training, Score validation, long bytes, int rounds, double seconds) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One JSON object on one line; what is not a number is null. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(JSON.createObjectNode()
                    .put("epoch", number)
                    .put("loss", finite(loss))
                    .put("accuracy", finite(training.accuracy()))
                    .put("auc", finite(training.auc()))
                    .put("validation_loss", finite(validation.loss()))
                    .put("validation_accuracy", finite(validation.accuracy()))
                    .put("validation_auc", finite(validation.auc()))
                    .put("examples", training.examples())
                    .put("validation_examples", validation.examples())
                    .put("rounds", rounds)
                    .put("bytes", bytes)
                    .put("seconds", seconds));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an epoch as JSON", e);
        }
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
