package dev.graft.manifest;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Counts what a listing has to note, and keeps the first few uris of each kind. */
final class ListingNotes {
    private static final int EXAMPLES = 3;

    private final Map<ListingNote.Kind, Tally> tallies = new EnumMap<>(ListingNote.Kind.class);

    private static final class Tally {
        private final TreeSet<String> examples = new TreeSet<>();
        private long count;
    }

    void add(ListingNote.Kind kind, String uri) {
        add(kind, 1, uri);
    }

    /** @param example the uri of one of them */
    void add(ListingNote.Kind kind, long count, String example) {
        add(kind, count, List.of(example));
    }

    /** @param examples the uris of some of them */
    void add(ListingNote.Kind kind, long count, Collection<String> examples) {
        Tally tally = tallies.computeIfAbsent(kind, any -> new Tally());
        tally.count += count;
        tally.examples.addAll(examples);
        while (tally.examples.size() > EXAMPLES) {
            tally.examples.pollLast();
        }
    }

    List<ListingNote> all() {
        return tallies.entrySet().stream()
                .map(each -> new ListingNote(
                        each.getKey(),
                        each.getValue().count,
                        each.getValue().examples.stream().toList()))
                .toList();
    }
}
