package dev.graft.nn;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Java's arrays and ND4J's: whole ones copied at once, where ND4J itself copies value by value. */
public final class FloatArrays {
    private FloatArrays() {}

    /** A copy of an array's values in row-major order. */
    public static float[] values(INDArray array) {
        INDArray copy = array.castTo(DataType.FLOAT).dup('c');
        Nd4j.getAffinityManager().ensureLocation(copy, Location.HOST);
        float[] values = new float[Math.toIntExact(copy.length())];
        pointer(copy).get(values);
        return values;
    }

    /** How many of the values are NaN or infinite. */
    public static int countNotFinite(float... values) {
        int count = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                count++;
            }
        }
        return count;
    }

    /** An array of the given values in row-major order. */
    public static INDArray array(float[] values, long... shape) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        set(array, values);
        return array;
    }

    /** A matrix of so many rows, which divide the number of values. */
    public static INDArray matrix(float[] values, int rows) {
        return array(values, rows, values.length / rows);
    }

    /** Sets all values of an array of floats that is no view and in row-major order. */
    static void set(INDArray array, float[] values) {
        if (array.dataType() != DataType.FLOAT || array.isView() || array.ordering() != 'c') {
            throw new IllegalArgumentException("Cannot copy into " + array.shapeInfoToString());
        }
        if (array.length() != values.length) {
            throw new IllegalArgumentException(
                    "Cannot copy " + values.length + " values into an array of " + array.length());
        }
        pointer(array).put(values);
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().pointer()).position(0);
    }
}
