package dev.graft.averaging;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** Scores a network on examples that it is not trained on. */
public interface Scorer extends AutoCloseable {
    Score score(ComputationGraph network);

    @Override
    void close();
}
