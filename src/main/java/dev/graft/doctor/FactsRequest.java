package dev.graft.doctor;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.SerializableConfiguration;

/** What every JVM is asked for; one that is asked several times gathers its facts once. */
record FactsRequest(String id, List<StorageMarker> markers, SerializableConfiguration hadoop) implements Serializable {
    private static final long serialVersionUID = 1;

    private static final Map<String, ExecutorFacts> GATHERED = new ConcurrentHashMap<>();

    ExecutorFacts facts() {
        return GATHERED.computeIfAbsent(id, request -> ExecutorFacts.here(markers, hadoop.value()));
    }
}
