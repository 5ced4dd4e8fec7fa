package dev.graft.averaging;

/** Labels as a network's outputs have them: 0 or 1 for one output, else one for the class and zero for the others. */
public final class Labels {
    private Labels() {}

    /** Sets the labels of an example of a class. */
    public static void set(float[] labels, int start, int outputs, int label) {
        if (outputs == 1) {
            labels[start] = label;
        } else {
            labels[start + label] = 1;
        }
    }

    /** The class of an example. */
    static int index(float[] labels, int start, int outputs) {
        if (outputs == 1) {
            return Math.round(labels[start]);
        }
        for (int i = 0; i < outputs; i++) {
            if (labels[start + i] == 1) {
                return i;
            }
        }
        throw new IllegalArgumentException("Invalid labels: none of " + outputs + " is one");
    }
}
