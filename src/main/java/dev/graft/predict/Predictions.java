package dev.graft.predict;

import static org.apache.spark.sql.functions.col;

import dev.graft.decode.RejectReason;
import dev.graft.forward.Accounting;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.RejectColumns;
import dev.graft.settings.DataGateException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a classifier said of the images of a manifest; held on the executors until it is closed. */
public final class Predictions implements AutoCloseable {
    private final Dataset<Row> outcomes;
    private final ImageNetwork network;
    private final long images;
    private final long rejected;

    /** @param network what computes the outcomes; kept for as long as one may be lost and has to be computed again */
    Predictions(Dataset<Row> outcomes, ImageNetwork network, long images) {
        this.outcomes = outcomes;
        this.network = network;
        this.images = images;
        long predicted;
        try {
            predicted = rows().count();
            this.rejected = rejects().count();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (predicted + rejected != images) {
            close();
            throw new DataGateException("Cannot account for every image: images " + images + " are not predicted "
                    + predicted + " + rejected " + rejected);
        }
    }

    /** The predictions: the manifest's columns, then those of {@link PredictionColumns}. */
    public Dataset<Row> rows() {
        return PredictionRows.predictions(outcomes);
    }

    /** The images that were predicted, by their bytes: uri, label, split, content_sha256. */
    public Dataset<Row> contents() {
        return PredictionRows.contents(outcomes);
    }

    /** The images that cannot be read or decoded: uri, reason, detail. */
    public Dataset<Row> rejects() {
        return PredictionRows.rejects(outcomes);
    }

    /** How many of the rejected took too long. */
    public long timedOut() {
        Dataset<Row> late = rejects().where(col(RejectColumns.REASON).equalTo(RejectReason.TIMED_OUT.id()));
        return rejected == 0 ? 0 : late.count();
    }

    /** How many images the manifest has. */
    public long images() {
        return images;
    }

    public long rejected() {
        return rejected;
    }

    /** What became of every image; those that were predicted count as written. */
    public Accounting accounting() {
        return new Accounting(images, images - rejected, 0, rejected, timedOut());
    }

    @Override
    public void close() {
        outcomes.unpersist();
        network.close();
    }
}
