package dev.graft.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The markers of all storages while the executors look for them; what was written is deleted afterwards. */
final class StorageMarkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StorageMarkers.class);

    private final Configuration hadoop;
    private final List<StorageMarker> placed = new ArrayList<>();
    private final List<StorageVisit> failed = new ArrayList<>();
    private final List<Path> newDirectories = new ArrayList<>();

    private StorageMarkers(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    static StorageMarkers place(List<String> uris, Configuration hadoop) {
        StorageMarkers markers = new StorageMarkers(hadoop);
        uris.forEach(markers::place);
        return markers;
    }

    private void place(String uri) {
        try {
            Path directory = new Path(uri);
            FileSystem storage = directory.getFileSystem(hadoop);
            for (Path path = directory; path != null && !storage.exists(path); path = path.getParent()) {
                newDirectories.add(path);
            }
            StorageMarker marker = StorageMarker.in(uri);
            marker.write(hadoop);
            placed.add(marker);
        } catch (IOException | RuntimeException | LinkageError e) {
            failed.add(StorageVisit.failed(uri, e));
        }
    }

    List<StorageMarker> placed() {
        return List.copyOf(placed);
    }

    /** The storages that took no marker. */
    List<StorageVisit> failed() {
        return List.copyOf(failed);
    }

    @Override
    public void close() {
        for (StorageMarker marker : placed) {
            try {
                marker.delete(hadoop);
            } catch (IOException e) {
                log.warn("Cannot delete {}", marker.file(), e);
            }
        }
        newDirectories.forEach(this::deleteIfEmpty);
    }

    private void deleteIfEmpty(Path directory) {
        try {
            FileSystem storage = directory.getFileSystem(hadoop);
            if (storage.exists(directory)) {
                storage.delete(directory, false);
            }
        } catch (IOException e) {
            log.warn("Cannot delete directory {}", directory, e);
        }
    }
}
