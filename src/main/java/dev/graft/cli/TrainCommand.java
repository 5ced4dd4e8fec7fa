package dev.graft.cli;

import dev.graft.base.BaseSettings;
import dev.graft.base.Layout;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.pipeline.HeadTraining;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.Stages;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.spark.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description = "Trains a head on the features of a manifest's images and publishes the model. Features that the"
                + " store does not have are extracted first.",
        footer = {
            "",
            "Where neither options nor settings name a base, it is the one whose features the store has.",
            "Example: submit/graft train --manifest photos.csv --features features --out models/pets"
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--manifest", required = true, paramLabel = "URI", description = "The labelled images.")
    private String manifest = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "REGISTRY/NAME: where the model is published.")
    private String model = "";

    @Option(
            names = "--features",
            paramLabel = "STORE",
            description = "URI of the feature store (default: features, beside the model).")
    private @Nullable String features;

    @Option(
            names = "--end-to-end",
            description = "Augment the images anew in each epoch, as the settings of augment say, and take them through"
                    + " the frozen base again; no features are stored.")
    private boolean endToEnd;

    @Mixin
    private PromoteOption promote = new PromoteOption();

    @Option(names = "--json", description = "Print one JSON object for each epoch on standard output, and only that.")
    private boolean json;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, dropout and order.")
    private @Nullable Long seed;

    @Mixin
    private BaseOptions base = new BaseOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        base.addTo(settingsOptions).with("seed", seed);
        if (endToEnd && features != null) {
            throw new InvalidInputException("Invalid --features: " + features
                    + " (--end-to-end computes features anew in each epoch and stores none)");
        }
        Stages asked = Stages.from(settingsOptions.loadFor(Uses.TRAIN));
        try (Session session = Session.start("train")) {
            SparkSession spark = session.spark();
            if (endToEnd) {
                training(spark, asked).endToEnd(manifest, model, promote.value());
                return ExitCode.DONE.code();
            }
            String store = features == null ? besideTheModel() : features;
            if (asked.hasDefaultBase()) {
                takeBaseFrom(FeatureStore.in(spark, store), store);
            } else if (!saysViews(asked.settings())) {
                takeViewsFrom(spark, store, asked.base());
            }
            Settings settings = settingsOptions.load();
            training(spark, Stages.from(settings)).onFeatures(manifest, store, model, promote.value());
        }
        return ExitCode.DONE.code();
    }

    private HeadTraining training(SparkSession spark, Stages stages) {
        return new HeadTraining(new RunContext(spark, stages, CommandText.of(spec), new TrainingLog(json)));
    }

    private String besideTheModel() {
        Path registry = model.isBlank() ? null : new Path(model).getParent();
        if (registry == null) {
            throw new InvalidInputException("Invalid --out: '" + model + "' (REGISTRY/NAME)");
        }
        return new Path(registry, "features").toString();
    }

    /** A store that has the features of one base says which base that is. */
    private void takeBaseFrom(List<FeatureStore> stores, String store) {
        if (stores.size() > 1) {
            throw new InvalidInputException(
                    "Cannot tell which features of " + store
                            + " to train on: there are those of "
                            + stores.stream()
                                    .map(each -> each.spec().description())
                                    .toList()
                            + "; say which with --base, --weights, --cut and --input, or extract.views and augment in the settings");
        }
        stores.forEach(only -> BaseOptions.suggest(only.spec(), settingsOptions));
    }

    /** Where the base was said and the views were not, they are those of its features in the store, if they are of one kind. */
    private void takeViewsFrom(SparkSession spark, String store, BaseSettings base) {
        String origin = base.origin(spark.sessionState().newHadoopConf());
        List<FeatureStore> stores = FeatureStore.in(spark, store).stream()
                .filter(each -> isOf(each.spec(), base, origin))
                .toList();
        takeBaseFrom(stores, store);
    }

    private static boolean saysViews(Settings settings) {
        return settings.isGiven("extract.views") || settings.isAnyGiven("augment");
    }

    private static boolean isOf(FeatureSpec spec, BaseSettings base, String origin) {
        Layout layout = base.layout();
        return spec.base().equals(base.architecture().id())
                && spec.alpha() == base.alpha()
                && spec.cut().equals(layout.cut())
                && spec.input() == layout.inputSize()
                && spec.origin().equals(origin);
    }
}
