package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.pipeline.KeptLog;
import org.junit.jupiter.api.Test;

class NightlyNotesTest {
    private final KeptLog log = new KeptLog();
    private final NightlyNotes notes = new NightlyNotes(log);

    @Test
    void eachNoteIsSaidOnceAndKeptWithEveryStageThatNotesIt() {
        notes.note("Note: one");
        notes.begin();
        notes.note("Note: one");
        notes.note("Warning: two");
        notes.note("a line that is neither");
        assertThat(notes.sinceBegin()).containsExactly("Note: one", "Warning: two");
        notes.begin();
        assertThat(notes.sinceBegin()).isEmpty();
        assertThat(notes.all()).containsExactly("Note: one", "Warning: two");
        assertThat(log.notes).containsExactly("Note: one", "Warning: two", "a line that is neither");
    }

    @Test
    void aNoteHasNoCredentials() {
        notes.note("Note: http://user:secret@host/a.jpg is left out");
        assertThat(notes.all()).containsExactly("Note: http://***@host/a.jpg is left out");
    }
}
