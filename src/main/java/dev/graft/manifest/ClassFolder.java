package dev.graft.manifest;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A folder of images of one class.
 *
 * @param split the split that its parent folder is named after
 */
record ClassFolder(Path path, String label, Optional<Split> split) {}
