package dev.graft.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.graft.manifest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Where a training stands after an epoch.
 *
 * @param epochs so far
 * @param parameters of what trains
 * @param updaterState of the updater
 * @param iteration steps taken
 * @param best parameters after the epoch with the lowest validation loss; empty where that is not kept
 */
record Checkpoint(List<Epoch> epochs, float[] parameters, float[] updaterState, int iteration, float[] best) {
    private static final String FORMAT = "graft-checkpoint-1";
    private static final int DIGEST_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The first part of the file. */
    private record Header(List<Epoch> epochs, int iteration, int parameters, int updaterState, int best) {}

    Checkpoint {
        epochs = List.copyOf(epochs);
    }

    /** Format, header as JSON, floats, and a digest of all that, so that half a file is known for what it is. */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(FORMAT);
            byte[] header = JSON.writeValueAsBytes(
                    new Header(epochs, iteration, parameters.length, updaterState.length, best.length));
            out.writeInt(header.length);
            out.write(header);
            write(out, parameters);
            write(out, updaterState);
            write(out, best);
            out.write(Sha256.start().digest(bytes.toByteArray()));
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
        out.flush();
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @throws IOException if it is something else, or only a part of it
     */
    static Checkpoint of(byte[] bytes) throws IOException {
        int end = bytes.length - DIGEST_BYTES;
        if (end < 0
                || !Arrays.equals(
                        Sha256.start().digest(Arrays.copyOf(bytes, end)),
                        Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new IOException("it is damaged or not whole");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            String format = in.readUTF();
            if (!format.equals(FORMAT)) {
                throw new IOException("its format is " + format + ", this Graft reads " + FORMAT);
            }
            Header header =
                    JSON.readValue(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8), Header.class);
            return new Checkpoint(
                    header.epochs(),
                    read(in, header.parameters()),
                    read(in, header.updaterState()),
                    header.iteration(),
                    read(in, header.best()));
        }
    }

    private static float[] read(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer.wrap(in.readNBytes(Math.multiplyExact(count, Float.BYTES)))
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
