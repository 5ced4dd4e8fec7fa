package dev.graft.report;

import dev.graft.forward.Accounting;
import dev.graft.manifest.ListingNote;
import java.time.Duration;
import java.util.List;

/** How a night came to its end. */
public sealed interface Night {

    /** The run of the night, or the one since which nothing is new. */
    RunRecord run();

    /** Something was trained, or the data were refused. */
    record Ended(RunRecord run) implements Night {}

    /**
     * There was no work.
     *
     * @param run the earlier run on the same images, with the same settings
     * @param accounting of tonight's images
     * @param duration of tonight
     * @param current the version that is current; empty where there is none
     * @param listing what lies beside tonight's images
     * @param notes of tonight
     */
    record NothingNew(
            RunRecord run,
            Accounting accounting,
            Duration duration,
            String current,
            List<ListingNote> listing,
            List<String> notes)
            implements Night {

        /**
         * What is said of such a night.
         *
         * @param run the earlier run
         * @param current the version that is current; empty where there is none
         */
        public static String text(RunRecord run, String current) {
            return "nothing new since run " + run.run() + ": no work; the current version is "
                    + (current.isEmpty() ? "none" : current);
        }
    }
}
