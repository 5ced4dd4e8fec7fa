package dev.graft.pipeline;

import dev.graft.averaging.Epoch;
import dev.graft.spark.Progress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a run says. */
public final class KeptLog implements RunLog {
    public final List<String> lines = new ArrayList<>();
    public final List<String> notes = new ArrayList<>();
    public int epochs;

    @Override
    public void say(String line) {
        lines.add(line);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    /** The notes but for those that name the base and warn of the bundled one. */
    List<String> besideTheBase() {
        return notes.stream()
                .filter(note ->
                        !note.startsWith("base xception-mini, ") && !note.startsWith("Warning: xception-mini, "))
                .toList();
    }

    @Override
    public void epoch(Epoch epoch) {
        epochs++;
    }

    @Override
    public Progress progress() {
        return Progress.NONE;
    }
}
