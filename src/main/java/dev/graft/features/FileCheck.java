package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.graft.manifest.ManifestColumns;
import java.io.IOException;
import java.util.ServiceConfigurationError;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;

/** Tells, on executors, whether a file is still the one that stored features were made of: same size, same time. */
final class FileCheck {
    /** Column: size of the file that stored features were made of; null where there are none. */
    static final String KNOWN_BYTES = "_graft_known_bytes";
    /** Column: modification time of the file that stored features were made of. */
    static final String KNOWN_MODIFIED = "_graft_known_modified";

    private final UserDefinedFunction unchanged;

    FileCheck(SparkSession spark) {
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        UDF3<String, Long, Long, Boolean> check = (uri, bytes, modified) -> isUnchanged(hadoop, uri, bytes, modified);
        this.unchanged = udf(check, DataTypes.BooleanType).asNondeterministic();
    }

    /** The rows whose file has no stored features or is not the one they were made of, without the known columns. */
    Dataset<Row> changed(Dataset<Row> joined) {
        return joined.where(col(KNOWN_BYTES)
                        .isNull()
                        .or(not(unchanged.apply(col(ManifestColumns.URI), col(KNOWN_BYTES), col(KNOWN_MODIFIED)))))
                .drop(KNOWN_BYTES, KNOWN_MODIFIED);
    }

    /**
     * A file that cannot be looked at counts as changed, whatever the storage throws, and so does one without a length:
     * reading it will tell what is wrong.
     */
    private static boolean isUnchanged(SerializableConfiguration hadoop, String uri, Long bytes, Long modified) {
        try {
            Path path = new Path(uri);
            FileStatus status = path.getFileSystem(hadoop.value()).getFileStatus(path);
            return status.getLen() == bytes && status.getModificationTime() == modified;
        } catch (IOException | RuntimeException | FSError | LinkageError | ServiceConfigurationError e) {
            return false;
        }
    }
}
