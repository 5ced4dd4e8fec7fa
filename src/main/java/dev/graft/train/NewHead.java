package dev.graft.train;

import dev.graft.averaging.AveragedTraining;
import dev.graft.averaging.Classes;
import dev.graft.averaging.Epoch;
import dev.graft.averaging.EpochLog;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Scorer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A head that is to be trained.
 *
 * @param features the number of features of an example
 */
record NewHead(int features, Classes classes, HeadSettings settings) {

    TrainedHead train(AveragedTraining training, ExampleSource examples, Scorer validation, EpochLog log) {
        ComputationGraph head = Head.untrained(
                features,
                classes.outputs(),
                settings,
                settings.training()
                        .learningRate(
                                settings.training().learningRate(),
                                settings.training().stepsOfEpoch(examples)),
                new LossSettings(
                        settings.training().classWeights().of(classes, examples.classCounts()),
                        settings.training().labelSmoothing()));
        List<Epoch> epochs = training.run(head, examples, validation, log);
        return new TrainedHead(head, classes.labels(), epochs);
    }
}
