package dev.graft.train;

/** What is trained, in words. */
enum TrainingKind {
    HEAD("Train head", "head.learning-rate"),
    FINE_TUNING("Fine-tune", "the learning rates of fine-tune.layers and fine-tune.learning-rate");

    private final String verb;
    private final String learningRateKey;

    TrainingKind(String verb, String learningRateKey) {
        this.verb = verb;
        this.learningRateKey = learningRateKey;
    }

    String verb() {
        return verb;
    }

    /** The setting that makes a training that diverges converge. */
    String learningRateKey() {
        return learningRateKey;
    }
}
