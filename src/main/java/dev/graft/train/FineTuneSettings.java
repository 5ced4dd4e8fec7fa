package dev.graft.train;

import dev.graft.averaging.TrainingSettings;
import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.base.TrainableRules;
import dev.graft.settings.Settings;
import java.util.List;

/**
 * How a model is fine-tuned.
 *
 * @param training with the learning rate of the head
 * @param layers of the base: which train and how fast; the first rule that matches holds
 */
public record FineTuneSettings(TrainingSettings training, List<LayerRule> layers) {
    private static final String SECTION = "fine-tune";

    public FineTuneSettings {
        layers = List.copyOf(layers);
    }

    public static FineTuneSettings from(Settings settings) {
        List<LayerRule> layers = settings.section(SECTION).sections("layers").stream()
                .map(LayerRule::from)
                .toList();
        return new FineTuneSettings(TrainingSettings.from(settings, SECTION), layers);
    }

    TrainableRules rules() {
        return new TrainableRules(layers.stream().map(LayerRule::rule).toList());
    }

    /**
     * Which layers of a network train.
     *
     * @throws dev.graft.settings.InvalidInputException when a rule matches none of them, or decides on none
     */
    public TrainableRules rulesOf(Layout layout) {
        TrainableRules rules = rules();
        rules.requireMatches(layout.layers(), SECTION + ".layers");
        return rules;
    }

    /** The learning rate of a layer of the base; 0 where it is frozen. */
    double learningRate(LayerEntry layer) {
        return layers.get(rules().indexOf(layer)).learningRate();
    }
}
