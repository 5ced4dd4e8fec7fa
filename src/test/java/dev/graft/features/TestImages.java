package dev.graft.features;

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
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few drawn pictures with a manifest, and the bundled base at a small size. */
final class TestImages {
    static final int PER_CLASS = 20;
    /** Broken files that are drawn beside the pictures. */
    static final int BROKEN = 3;

    static final int FILES = 2 * PER_CLASS + BROKEN;

    private final SparkSession spark;
    private final Path directory;

    TestImages(SparkSession spark, Path directory) throws IOException {
        this.spark = spark;
        this.directory = directory;
        DemoImages.write(directory.resolve("pictures"), PER_CLASS, 3);
    }

    Path picture(String name) {
        return directory.resolve("pictures").resolve(name);
    }

    Dataset<Row> manifest() {
        ManifestSettings settings = ManifestSettings.from(Settings.withDefaults());
        String manifest = directory.resolve("pictures.csv").toString();
        new DirectoryManifest(spark, settings)
                .write(directory.resolve("pictures").toString(), manifest, ExistingManifest.REPLACE);
        return new ManifestReader(spark, settings, note -> {}).read(manifest);
    }

    static Base base() {
        return Base.open(
                new BaseSettings(
                        Architecture.XCEPTION_MINI,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(64),
                        Optional.of("block3"),
                        1),
                new Configuration());
    }
}
