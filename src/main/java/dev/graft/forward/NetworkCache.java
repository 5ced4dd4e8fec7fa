package dev.graft.forward;

import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The networks of this JVM: compiled once, whatever the number of tasks, with forward passes that tasks hand on to each
 * other. The least recently used network makes room for a third.
 */
final class NetworkCache {
    private static final int NETWORKS = 2;
    private static final Map<Key, Entry> ENTRIES = new LinkedHashMap<>(NETWORKS, 0.75f, true);

    private NetworkCache() {}

    /**
     * @param network its id
     * @param device that its passes run on
     */
    private record Key(String network, int device) {}

    private static final class Entry {
        private final CompiledNetwork network;
        private final Deque<ForwardPass> idle = new ArrayDeque<>();

        Entry(CompiledNetwork network) {
            this.network = network;
        }
    }

    /** Takes a forward pass for the calling task alone; to be given back with {@link #giveBack}. */
    static ForwardPass take(Broadcast<FrozenNetwork> network, int batch) {
        Key key = new Key(network.value().id(), TaskDevice.bind());
        Entry entry;
        synchronized (NetworkCache.class) {
            entry = ENTRIES.get(key);
            if (entry == null) {
                entry = new Entry(network.value().compile());
                ENTRIES.put(key, entry);
                evict();
            }
            ForwardPass idle = entry.idle.poll();
            if (idle != null && idle.batch() == batch) {
                return idle;
            }
            if (idle != null) {
                idle.close();
            }
        }
        return entry.network.forwardPass(batch);
    }

    static void giveBack(TaskContext task, Broadcast<FrozenNetwork> network, ForwardPass pass) {
        Key key = new Key(network.value().id(), TaskDevice.of(task));
        synchronized (NetworkCache.class) {
            Entry entry = ENTRIES.get(key);
            if (entry != null) {
                entry.idle.push(pass);
                return;
            }
        }
        pass.close();
    }

    /** Keeps some networks for each device. */
    private static void evict() {
        long devices = ENTRIES.keySet().stream().map(Key::device).distinct().count();
        if (ENTRIES.size() > NETWORKS * devices) {
            Key eldest = ENTRIES.keySet().iterator().next();
            ENTRIES.remove(eldest).idle.forEach(ForwardPass::close);
        }
    }
}
