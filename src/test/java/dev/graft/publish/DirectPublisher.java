package dev.graft.publish;

import dev.graft.storage.NetworkWriter;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** Publishes a version and makes it current at once, with no decision on record: as releases did that had no decisions. */
final class DirectPublisher {
    private final ModelPublisher publisher;
    private final ModelLocation location;
    private final Storage storage;

    DirectPublisher(String model, Configuration hadoop) {
        this(model, hadoop, new VersionIds());
    }

    DirectPublisher(String model, Configuration hadoop, VersionIds ids) {
        publisher = new ModelPublisher(model, hadoop, ids);
        location = ModelLocation.parseWithoutVersion(model);
        try {
            storage = Storage.of(location.root(), hadoop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String publish(ModelDescription description, NetworkWriter network) {
        String version = publisher.add(description, network);
        try {
            storage.replace(location.current(), version.getBytes(StandardCharsets.UTF_8));
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
