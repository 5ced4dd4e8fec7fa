package dev.graft.cli;

import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageBytes;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.ImageReader;
import dev.graft.decode.ReadImage;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.drawn.DemoImages;
import dev.graft.nn.Devices;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.storage.ScratchDirectory;
import dev.graft.train.DeviceComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Extracts and trains on each GPU of this host and compares with its CPU. */
public final class DeviceCheck {
    private static final double TOLERANCE = 1e-3;
    private static final int PER_CLASS = 8;
    private static final int RGB = 3;

    private DeviceCheck() {}

    /** Exit codes: 0 all is well, 1 a GPU computes something else, 2 there is none that can be used. */
    public static void main(String[] arguments) throws IOException {
        try {
            System.exit(check(Devices.all()) ? 0 : 1);
        } catch (InvalidInputException e) {
            System.err.println("gpu-check: " + e.getMessage());
            System.exit(2);
        }
    }

    private static boolean check(List<Devices.Device> devices) throws IOException {
        if (devices.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot check GPUs: this build of Graft runs on the CPU (build it with mvn -Pcuda -DskipTests package)");
        }
        Settings settings = Settings.withDefaults();
        Base base = Base.open(BaseSettings.from(settings), new Configuration());
        DeviceComparison comparison =
                new DeviceComparison(base, images(settings, base.layout().inputSize()));
        boolean isWell = true;
        for (Devices.Device device : devices) {
            System.out.printf(
                    Locale.ROOT,
                    "GPU %d: %s, compute capability %.1f%n",
                    device.index(),
                    device.name(),
                    device.capability());
            Devices.use(device.index());
            isWell &= report("features", comparison.features());
            isWell &= report("parameters after training", comparison.training());
        }
        return isWell;
    }

    private static boolean report(String what, double difference) {
        boolean isWell = difference <= TOLERANCE;
        System.out.printf(
                Locale.ROOT,
                "  %s differ from the CPU's by %.2e at most: %s%n",
                what,
                difference,
                isWell ? "well" : "WRONG");
        return isWell;
    }

    /** Drawn pictures, as the base takes them. */
    private static List<float[]> images(Settings settings, int size) throws IOException {
        DecodeSettings decode = DecodeSettings.from(settings);
        ImageReader reader = new ImageReader(decode, new Configuration());
        ImageDecoder decoder = new ImageDecoder(decode);
        Resizer resizer = new Resizer(decode.resize(), size);
        List<float[]> images = new ArrayList<>();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            Path directory = Files.createDirectory(scratch.file("images"));
            DemoImages.write(directory, PER_CLASS, 1);
            for (Path file : files(directory)) {
                try (ReadImage read = reader.read(file.toUri().toString())) {
                    if (read instanceof ImageBytes bytes && decoder.decode(bytes.bytes()) instanceof RgbImage image) {
                        float[] pixels = new float[size * size * RGB];
                        resizer.resize(image, pixels, 0);
                        images.add(pixels);
                    }
                }
            }
        }
        return images;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
