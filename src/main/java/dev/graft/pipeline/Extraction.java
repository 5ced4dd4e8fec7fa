package dev.graft.pipeline;

import dev.graft.base.Base;
import dev.graft.forward.Accounting;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** From a manifest to the features of its images. */
public final class Extraction {
    private final RunContext run;

    public Extraction(RunContext run) {
        this.run = run;
    }

    /**
     * Computes the features that a store does not have.
     *
     * @throws RunningException when another run writes to it
     * @throws dev.graft.settings.DataGateException when too many images are rejected; the others' features are kept
     */
    public void extract(String manifestUri, String storeUri) {
        Base base = run.openBase();
        try (LockedStore store = run.openStore(storeUri, base)) {
            Dataset<Row> images = run.read(manifestUri);
            Accounting accounting = run.extract(images, base, store);
            run.tell(accounting, images, store.features());
            run.log().say("features " + store.features().uri());
            accounting.requireShareOfRejects(
                    run.stages().decode().maxRejectedShare(), store.features().rejects());
        }
    }
}
