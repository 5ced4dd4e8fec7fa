package dev.graft.pipeline;

/**
 * A version that was trained and may become the current one.
 *
 * @param model {@code REGISTRY/NAME}
 */
public record Candidate(String model, String version) {
    public String uri() {
        return model + "@" + version;
    }
}
