package dev.graft.cli;

import dev.graft.base.Base;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.Stages;
import dev.graft.publish.BuildVersions;
import dev.graft.publish.Preprocessing;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Session;
import dev.graft.storage.LocalDiskException;
import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Writes a model, or without --model a bare base, as ONNX: raw pixels 0..255 in NHWC layout in,"
                + " scaling inside, labels and preprocessing in the metadata.",
        footer = {"", "Example: submit/graft export --model models/pets --out pets.onnx"})
final class ExportCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "URI",
            description = "REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version.")
    private @Nullable String model;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the ONNX file goes; any URI.")
    private String out = "";

    @Option(names = "--overwrite", description = "Replace a file that is there.")
    private boolean overwrite;

    @Mixin
    private BaseOptions base = new BaseOptions();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() throws IOException {
        Stages stages = Stages.from(base.addTo(settingsOptions).load());
        if (model != null && !stages.hasDefaultBase()) {
            throw new InvalidInputException("Invalid options: --model and a base (a model has its base in it)");
        }
        try (Session session = Session.start("export")) {
            SparkSession spark = session.spark();
            refuseExisting(file(spark));
            if (model != null) {
                exportModel(spark, model, stages);
            } else {
                exportBase(spark, stages);
            }
        }
        Terminal.out("onnx " + out);
        return ExitCode.DONE.code();
    }

    private void exportModel(SparkSession spark, String uri, Stages stages) throws IOException {
        OpenedModel opened = OpenedModel.open(spark, uri, stages.decode(), new TrainingLog(false));
        Map<String, String> metadata = metadata(opened.bundle().description().preprocessing());
        metadata.put("model", uri);
        metadata.put("version", opened.bundle().version());
        write(file(spark), content -> opened.classifier().writeOnnx(content, BuildVersions.graft(), metadata));
    }

    private void exportBase(SparkSession spark, Stages stages) throws IOException {
        Base opened = stages.openBase(spark);
        Map<String, String> metadata = metadata(stages.preprocessing(opened));
        metadata.put("base", opened.layout().architecture().id());
        metadata.put("cut", opened.layout().cut());
        metadata.put("weights-digest", opened.digest());
        write(file(spark), content -> opened.writeOnnx(content, BuildVersions.graft(), metadata));
    }

    private static Map<String, String> metadata(Preprocessing preprocessing) {
        return new TreeMap<>(Map.of(
                "input-size", Integer.toString(preprocessing.inputSize()),
                "resize", preprocessing.resize(),
                "scaling", preprocessing.scaling(),
                "decoder-version", preprocessing.decoderVersion()));
    }

    private QualifiedPath file(SparkSession spark) throws IOException {
        return QualifiedPath.of(spark, out).withoutChecksums();
    }

    private void refuseExisting(QualifiedPath file) throws IOException {
        if (!file.files().exists(file.path())) {
            return;
        }
        if (!overwrite) {
            throw new InvalidInputException(
                    "Cannot export to " + out + ": it is there already (replace it with --overwrite)");
        }
        if (file.files().getFileStatus(file.path()).isDirectory()) {
            throw new InvalidInputException("Cannot export to " + out + ": it is a directory (name a file)");
        }
    }

    /** Writes an ONNX file to a stream. */
    @FunctionalInterface
    private interface Onnx {
        void writeTo(OutputStream content) throws IOException;
    }

    /** Writes beside the final name, hidden, then renames; once the old file is gone the new one stays where it is whole. */
    private void write(QualifiedPath file, Onnx onnx) throws IOException {
        Path path = file.path();
        Path unfinished = new Path(path.getParent(), "_" + path.getName() + "." + UUID.randomUUID());
        try (OutputStream content = file.files().create(unfinished, false)) {
            onnx.writeTo(content);
        } catch (FSError e) {
            file.files().delete(unfinished, false);
            throw new LocalDiskException(path, e);
        } catch (IOException | RuntimeException e) {
            file.files().delete(unfinished, false);
            throw e;
        }
        file.files().delete(path, false);
        if (!file.files().rename(unfinished, path)) {
            throw new IOException("Cannot rename " + unfinished + ", which is whole, to " + path);
        }
    }
}
