package dev.graft.forward;

import dev.graft.settings.DataGateException;
import java.util.Locale;

/**
 * What became of the images of a manifest, each counted once.
 *
 * @param images images in the manifest
 * @param written images whose features this run computed
 * @param reused images whose features were there
 * @param rejected images that cannot be read or decoded
 * @param timedOut those of the rejected that took too long, which the next run may read
 */
public record Accounting(long images, long written, long reused, long rejected, long timedOut) {

    /** Such as {@code images 2500 = written 12 + reused 2486 + rejected 2 (1 timed out)}. */
    @Override
    public String toString() {
        String late = timedOut == 0 ? "" : " (" + timedOut + " timed out)";
        return String.format(
                        Locale.ROOT,
                        "images %d = written %d + reused %d + rejected %d",
                        images,
                        written,
                        reused,
                        rejected)
                + late;
    }

    /** The record of a run, one JSON object. */
    public String toJson(String run) {
        return String.format(
                Locale.ROOT,
                "{\"run\":\"%s\",\"images\":%d,\"written\":%d,\"reused\":%d,\"rejected\":%d,\"timed_out\":%d}%n",
                run,
                images,
                written,
                reused,
                rejected,
                timedOut);
    }

    /** Of these images and of others. */
    public Accounting and(Accounting other) {
        return new Accounting(
                images + other.images,
                written + other.written,
                reused + other.reused,
                rejected + other.rejected,
                timedOut + other.timedOut);
    }

    /** Images of which nobody knows what became. */
    private long unaccounted() {
        return images - written - reused - rejected;
    }

    public void requireBalance() {
        if (unaccounted() != 0) {
            throw new DataGateException("Cannot account for every image: " + this + " is off by " + unaccounted()
                    + "; what was written is kept, run the command again");
        }
    }

    /**
     * Refuses to go on when too many images were rejected.
     *
     * @param reasons the reasons, or where they are
     */
    public void requireShareOfRejects(double maxShare, String reasons) {
        if (rejected > maxShare * images) {
            throw new DataGateException(String.format(
                    Locale.ROOT,
                    "Too many images rejected: %d of %d, more than decode.max-rejected-share = %s allows; %s",
                    rejected,
                    images,
                    maxShare,
                    reasons));
        }
    }
}
