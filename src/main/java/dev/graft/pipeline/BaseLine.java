package dev.graft.pipeline;

import dev.graft.base.Base;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.Provenance;
import java.util.Locale;

/** The line that says which base a run works with. */
final class BaseLine {
    private static final String PRECISION = "f32";

    private BaseLine() {}

    static String of(Base base) {
        return text(
                base.layout().architecture().id(),
                base.layout().cut(),
                base.layout().inputSize(),
                base.digest());
    }

    /** The same of a model's base; where it is cut is part of its features' name. */
    static String of(ModelDescription model) {
        Provenance from = model.provenance();
        return text(
                from.baseName(),
                "features " + from.fingerprint(),
                model.preprocessing().inputSize(),
                from.baseDigest());
    }

    private static String text(String name, String cut, int input, String digest) {
        return String.format(
                Locale.ROOT,
                "base %s, cut at %s, input %d x %d, %s, weights %s",
                name,
                cut,
                input,
                input,
                PRECISION,
                digest);
    }
}
