package dev.graft.manifest;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import java.util.List;
import java.util.Set;

/**
 * Names of the manifest's columns, and how images that name no split get one.
 *
 * @param sharesAreGiven whether somebody asked for the shares, be they the default
 */
public record ManifestSettings(
        long seed,
        SplitShares shares,
        boolean sharesAreGiven,
        String uriColumn,
        String labelColumn,
        String splitColumn) {

    public static ManifestSettings from(Settings settings) {
        long seed = settings.root().wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        Section manifest = settings.section("manifest");
        Section columns = settings.section("manifest.columns");
        String uri = columns.text("uri");
        String label = columns.text("label");
        String split = columns.text("split");
        if (Set.copyOf(List.of(uri, label, split)).size() < 3) {
            manifest.reject("columns", "expected three different columns");
        }
        return new ManifestSettings(seed, shares(manifest), settings.isGiven("manifest.split"), uri, label, split);
    }

    /** The same for a manifest that was written with these shares. */
    public ManifestSettings ofWritten() {
        return new ManifestSettings(seed, shares, false, uriColumn, labelColumn, splitColumn);
    }

    private static SplitShares shares(Section manifest) {
        List<Double> given = manifest.numbers("split", 0, 1);
        if (SplitShares.fit(given)) {
            return SplitShares.of(given);
        }
        manifest.reject("split", SplitShares.EXPECTATION);
        return SplitShares.of(manifest.defaults().numbers("split", 0, 1));
    }
}
