package dev.graft.forward;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Tells, on executors, whether the features of a file's content need not be computed: the store has them already, or an
 * image of the same content is being computed in the same shard. It errs on one side alone: who is told that there are
 * features may find none and computes them after all.
 *
 * @param stored the contents that the store has, and a few that it has not
 * @param shard names what is computed now, differently from everything else
 */
@DefaultSerializer(JavaSerializer.class)
public record KnownContents(BloomFilter stored, String shard) implements Serializable {
    private static final long serialVersionUID = 1;

    private static final Set<String> BEGUN = new HashSet<>();
    private static String shardOfBegun = "";

    /** Whether somebody else has computed the features of a content, or has begun to; if not, the caller begins. */
    boolean has(String sha256) {
        return stored.mightContainString(sha256) || !begin(shard, sha256);
    }

    private static synchronized boolean begin(String shard, String sha256) {
        if (!shard.equals(shardOfBegun)) {
            BEGUN.clear();
            shardOfBegun = shard;
        }
        return BEGUN.add(sha256);
    }
}
