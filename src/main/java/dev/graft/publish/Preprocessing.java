package dev.graft.publish;

import dev.graft.settings.InvalidInputException;

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

    /**
     * Refuses a size of which one image, three floats a pixel, is more than so many bytes.
     *
     * @throws InvalidInputException with the largest size that is not
     */
    public void requireImageWithin(long bytes) {
        long pixels = bytes / (3 * Float.BYTES);
        if ((long) inputSize * inputSize > pixels) {
            throw new InvalidInputException(
                    "Invalid inputSize of a model: %d (expected at most %d: an image may take %d bytes)"
                            .formatted(inputSize, (long) Math.sqrt(pixels), bytes));
        }
    }
}
