package dev.graft.train;

import dev.graft.averaging.Epoch;
import dev.graft.averaging.Score;
import dev.graft.predict.Classifier;
import java.util.List;

/**
 * What fine-tuning gave.
 *
 * @param classifier the better of the model as it was and as it was fine-tuned, by its loss on validation
 * @param isFineTuned whether that is the one that was fine-tuned
 * @param before how well the model as it was did on validation
 * @param after how well the fine-tuned one did
 * @param epochs of fine-tuning
 * @param statisticsChanged values of moving mean and moving variance that are not what they were
 * @param frozenChanged values of frozen layers' weights that are not what they were
 */
public record FineTuned(
        Classifier classifier,
        boolean isFineTuned,
        Score before,
        Score after,
        List<Epoch> epochs,
        long statisticsChanged,
        long frozenChanged) {

    public FineTuned {
        epochs = List.copyOf(epochs);
    }
}
