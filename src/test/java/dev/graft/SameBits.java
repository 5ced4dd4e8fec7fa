package dev.graft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.nn.FloatArrays;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares values bit for bit; {@code INDArray.equals} takes for equal what differs by less than 1e-5. */
public final class SameBits {
    private SameBits() {}

    public static void assertSameBits(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(FloatArrays.values(actual)).isEqualTo(FloatArrays.values(expected));
    }

    /** Whether two layers, or networks, have the same parameters. */
    public static boolean haveSameBits(Map<String, INDArray> some, Map<String, INDArray> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(
                                FloatArrays.values(entry.getValue()), FloatArrays.values(others.get(entry.getKey()))));
    }
}
