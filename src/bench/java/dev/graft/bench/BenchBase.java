package dev.graft.bench;

import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.base.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The base that everything is measured on: Xception at {@value SharedInput#SIZE} pixels.
 *
 * @param weights Keras HDF5 file
 * @param cut the layer or block after which the base ends; empty for its own end
 */
record BenchBase(Path weights, String cut) {

    /** The base that the settings name; without a weights file, one with random weights is made. */
    static BenchBase of(BenchSettings settings) {
        String cut = settings.cut().orElse("");
        Path random = settings.work().resolve("xception-random.h5");
        BenchBase base = new BenchBase(settings.weights().orElse(random), cut);
        if (settings.weights().isEmpty() && !Files.exists(random)) {
            RandomWeights.write(base.layout(), random);
        }
        return base;
    }

    Layout layout() {
        return settings().layout();
    }

    /** What names this base on the command line of {@code submit/graft}. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--base", Architecture.XCEPTION.id()));
        options.addAll(List.of("--weights", weights.toUri().toString()));
        options.addAll(List.of("--input", Integer.toString(SharedInput.SIZE)));
        if (!cut.isEmpty()) {
            options.addAll(List.of("--cut", cut));
        }
        return options;
    }

    Base open() {
        return Base.open(settings(), new Configuration());
    }

    private BaseSettings settings() {
        return new BaseSettings(
                Architecture.XCEPTION,
                Optional.of(weights.toUri().toString()),
                Optional.empty(),
                Optional.of(SharedInput.SIZE),
                Optional.of(cut).filter(layer -> !layer.isEmpty()),
                1);
    }

    /** The base for {@link PlainNetwork#load}, written once. */
    Path writePlain(Path directory) throws IOException {
        Path file = directory.resolve("base.plain");
        if (!Files.exists(file)) {
            PlainCopy.of(open()).save(file);
        }
        return file;
    }

    /** The base as {@code export} writes it, written once. */
    Path writeOnnx(Path directory) throws IOException {
        Path file = directory.resolve("base.onnx");
        if (!Files.exists(file)) {
            try (OutputStream onnx = Files.newOutputStream(file)) {
                open().writeOnnx(onnx, "benchmark", Map.of());
            }
        }
        return file;
    }
}
