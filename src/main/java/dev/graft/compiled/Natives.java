package dev.graft.compiled;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Native objects that live and end together, in the reverse of the order in which they came. */
final class Natives implements AutoCloseable {
    private final List<Pointer> owned = new ArrayList<>();
    private final List<Object> kept = new ArrayList<>();

    /** Takes an object over. */
    <T extends Pointer> T own(T object) {
        owned.add(object);
        return object;
    }

    /** Keeps an object that natives point into from being collected before them. */
    void keep(Object pointedInto) {
        kept.add(pointedInto);
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
        owned.clear();
        kept.clear();
    }
}
