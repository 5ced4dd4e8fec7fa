package dev.graft.publish;

/**
 * How the bytes of an image became the input of the network; prediction must do the same.
 *
 * @param inputSize height and width in pixels
 * @param resize name of the resize method
 * @param scaling how pixel values are scaled, in words
 * @param decoderVersion version of the decoder, changed with every change to its pixels
 */
public record Preprocessing(int inputSize, String resize, String scaling, String decoderVersion) {
    public Preprocessing {
        if (inputSize < 1) {
            throw new IllegalArgumentException("Invalid input size: " + inputSize + " (at least 1 pixel)");
        }
    }
}
