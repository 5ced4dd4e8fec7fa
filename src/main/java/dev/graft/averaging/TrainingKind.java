package dev.graft.averaging;

/** What is trained, in words. */
public enum TrainingKind {
    HEAD("Train head", "head", "head.learning-rate"),
    FINE_TUNING("Fine-tune", "fine-tune", "the learning rates of fine-tune.layers and fine-tune.learning-rate");

    private final String verb;
    private final String section;
    private final String learningRateKey;

    TrainingKind(String verb, String section, String learningRateKey) {
        this.verb = verb;
        this.section = section;
        this.learningRateKey = learningRateKey;
    }

    String verb() {
        return verb;
    }

    /** Its settings. */
    String section() {
        return section;
    }

    /** The setting that makes a training that diverges converge. */
    String learningRateKey() {
        return learningRateKey;
    }
}
