package dev.graft.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch norm over the channels of NHWC images. {@code gamma} and {@code beta} are parameters; the moving statistics are
 * part of the configuration, so that no updater, averaging or gradient ever sees them.
 */
public abstract class BatchNormLayer extends KerasLayer {
    public static final String GAMMA = "gamma";
    public static final String BETA = "beta";

    private final int channels;
    private final double epsilon;
    private float[] movingMean;
    private float[] movingVariance;

    BatchNormLayer(int channels, double epsilon) {
        this.channels = channels;
        this.epsilon = epsilon;
        this.movingMean = new float[channels];
        this.movingVariance = new float[channels];
        Arrays.fill(movingVariance, 1);
    }

    BatchNormLayer(int channels, double epsilon, String movingMean, String movingVariance) {
        this.channels = channels;
        this.epsilon = epsilon;
        this.movingMean = decode(movingMean);
        this.movingVariance = decode(movingVariance);
    }

    /**
     * Sets the statistics.
     *
     * @param mean Keras' moving_mean, one value for each channel
     * @param variance Keras' moving_variance, one value for each channel
     */
    public final void setStatistics(float[] mean, float[] variance) {
        if (mean.length != channels || variance.length != channels) {
            throw new IllegalArgumentException("Invalid statistics of " + getLayerName() + ": " + mean.length
                    + " means and " + variance.length + " variances (the layer has " + channels + " channels)");
        }
        movingMean = mean.clone();
        movingVariance = variance.clone();
    }

    @JsonProperty("channels")
    public final int channels() {
        return channels;
    }

    @JsonProperty("epsilon")
    public final double epsilon() {
        return epsilon;
    }

    public final float[] movingMean() {
        return movingMean.clone();
    }

    public final float[] movingVariance() {
        return movingVariance.clone();
    }

    @JsonProperty("movingMean")
    final String encodedMean() {
        return encode(movingMean);
    }

    @JsonProperty("movingVariance")
    final String encodedVariance() {
        return encode(movingVariance);
    }

    /** 1 / sqrt(moving_variance + epsilon), one value for each channel. */
    public final float[] inverseDeviation() {
        float[] inverse = new float[channels];
        for (int i = 0; i < channels; i++) {
            inverse[i] = (float) (1 / Math.sqrt(movingVariance[i] + epsilon));
        }
        return inverse;
    }

    @Override
    public final List<Weight> weights() {
        return List.of(Weight.vector(GAMMA, channels, 1), Weight.vector(BETA, channels, 0));
    }

    @Override
    public final InputType getOutputType(int layerIndex, InputType inputType) {
        return Shapes.requireImages(this, inputType);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof BatchNormLayer that
                && getClass() == that.getClass()
                && super.equals(other)
                && channels == that.channels
                && Double.compare(epsilon, that.epsilon) == 0
                && Arrays.equals(movingMean, that.movingMean)
                && Arrays.equals(movingVariance, that.movingVariance);
    }

    @Override
    public final int hashCode() {
        return 31 * super.hashCode() + Arrays.hashCode(movingMean);
    }

    private static String encode(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] decode(String encoded) {
        byte[] bytes = Base64.getDecoder().decode(encoded);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
