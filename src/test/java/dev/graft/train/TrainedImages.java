package dev.graft.train;

import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.drawn.DemoImages;
import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.manifest.ManifestReader;
import dev.graft.manifest.ManifestSettings;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Drawn pictures with a manifest, a few of them broken, and the bundled base at a small size. */
final class TrainedImages {
    static final List<String> LABELS = List.of("cat", "dog");
    static final int SIZE = 48;

    private TrainedImages() {}

    static Dataset<Row> draw(SparkSession spark, Path directory, int perClass) throws IOException {
        DemoImages.write(directory.resolve("pictures"), perClass, 3);
        ManifestSettings settings =
                ManifestSettings.from(Settings.load(List.of(), List.of("manifest.split=[0.6, 0.2, 0.2]")));
        String manifest = directory.resolve("pictures.csv").toString();
        new DirectoryManifest(spark, settings)
                .write(directory.resolve("pictures").toString(), manifest, ExistingManifest.REPLACE);
        return new ManifestReader(spark, settings, note -> {}).read(manifest);
    }

    /** @param cut of the base: a layer or block */
    static Base base(String cut) {
        return Base.open(
                new BaseSettings(
                        Architecture.XCEPTION_MINI,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(SIZE),
                        Optional.of(cut),
                        1),
                new Configuration());
    }
}
