package dev.graft.cli;

import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.manifest.ManifestSettings;
import dev.graft.manifest.ManifestSummary;
import dev.graft.manifest.Split;
import dev.graft.settings.Settings;
import dev.graft.settings.ShownText;
import dev.graft.spark.Session;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "manifest",
        description = "Makes a manifest from a directory with one folder for each class. Folders train, validation and"
                + " test above the class folders are the splits; otherwise a hash of each path decides.",
        footer = {"", "Example: submit/graft manifest photos --out photos.csv --split 0.8,0.1,0.1 --seed 1"})
final class ManifestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGES", description = "URI of the directory.")
    private String images = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "URI",
            description = "Where the manifest goes; its suffix is its format: .csv, .jsonl (or .json) or .parquet.")
    private String out = "";

    @Option(
            names = "--split",
            paramLabel = "TRAIN,VALIDATION,TEST",
            description = "Shares of the splits, such as 0.8,0.1,0.1.")
    private @Nullable String split;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the split.")
    private @Nullable Long seed;

    @Option(names = "--overwrite", description = "Replace a manifest that is there.")
    private boolean overwrite;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Settings settings = settingsOptions
                .with("manifest.split", split == null ? null : "[" + split + "]")
                .with("seed", seed)
                .loadFor(Uses.MANIFEST);
        ManifestSettings manifest = ManifestSettings.from(settings);
        settings.check();
        try (Session session = Session.start("manifest")) {
            SparkSession spark = session.spark();
            ManifestSummary summary = new DirectoryManifest(spark, manifest)
                    .write(images, out, overwrite ? ExistingManifest.REPLACE : ExistingManifest.REFUSE);
            print(summary);
            Terminal.out("manifest " + out);
        }
        return ExitCode.DONE.code();
    }

    private static void print(ManifestSummary summary) {
        for (Split each : Split.values()) {
            String counts = summary.images().in(each).entrySet().stream()
                    .map(label -> ShownText.name(label.getKey()) + " " + label.getValue())
                    .collect(Collectors.joining(", "));
            Terminal.out(
                    each.columnValue() + " " + summary.images().count(each) + (counts.isEmpty() ? "" : ": " + counts));
        }
        summary.notes().forEach(note -> Terminal.out(note.text()));
    }
}
