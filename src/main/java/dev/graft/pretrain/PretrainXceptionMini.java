package dev.graft.pretrain;

import dev.graft.base.Architecture;
import dev.graft.base.Layout;
import dev.graft.drawn.DrawnClass;
import dev.graft.drawn.DrawnImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bundled weights of xception-mini: trains it to tell drawn shapes, textures and animals apart. {@code submit/pretrain-mini} runs it.
 */
final class PretrainXceptionMini {
    private static final Logger LOG = LoggerFactory.getLogger(PretrainXceptionMini.class);
    private static final int BATCH = 32;
    private static final int STEPS = 2400;
    private static final int TEST_BATCHES = 40;
    private static final long SEED = 20261124;
    private static final int REPORT_EVERY = 100;

    private PretrainXceptionMini() {}

    public static void main(String... arguments) {
        Path out = Path.of(arguments[0]);
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : STEPS;
        Architecture mini = Architecture.XCEPTION_MINI;
        Layout layout = Layout.of(mini, 1, mini.defaultInput(), null);
        List<DrawnClass> classes = DrawnClass.pretraining();
        Pretraining.Pictures pictures =
                (label, index) -> DrawnImages.drawSquare(classes.get(label), SEED, index, mini.defaultInput());
        Pretraining pretraining = new Pretraining(layout, classes.size(), BATCH, steps, SEED);
        AtomicInteger step = new AtomicInteger();
        var network = pretraining.train(pictures, loss -> {
            if (step.incrementAndGet() % REPORT_EVERY == 0) {
                LOG.info("step {} of {}: loss {}", step.get(), steps, String.format(Locale.ROOT, "%.3f", loss));
            }
        });
        LOG.info(
                "accuracy on {} other pictures: {}",
                TEST_BATCHES * BATCH,
                String.format(Locale.ROOT, "%.4f", pretraining.accuracy(network, pictures, TEST_BATCHES)));
        KerasWeightsWriter.write(network, layout, out);
        LOG.info("weights written to {}", out);
    }
}
