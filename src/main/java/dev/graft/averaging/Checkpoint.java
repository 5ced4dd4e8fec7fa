package dev.graft.averaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.graft.storage.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
    private static final int BUFFER_FLOATS = 1 << 14;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The first part of the file. */
    private record Header(List<Epoch> epochs, int iteration, int parameters, int updaterState, int best) {
        Header {
            epochs = List.copyOf(epochs);
            if (iteration < 0 || parameters < 0 || updaterState < 0 || best < 0) {
                throw new IllegalArgumentException("Invalid header: a count below zero");
            }
            epochs.forEach(epoch -> {
                Objects.requireNonNull(epoch.training());
                Objects.requireNonNull(epoch.validation());
            });
        }

        long bytes() {
            return ((long) parameters + updaterState + best) * Float.BYTES;
        }
    }

    Checkpoint {
        epochs = List.copyOf(epochs);
    }

    /** Writes format, header as JSON, floats, and a digest of all that, so that half a file is known for what it is. */
    void write(OutputStream file) throws IOException {
        DigestOutputStream digested = new DigestOutputStream(file, Sha256.start());
        DataOutputStream out = new DataOutputStream(digested);
        out.writeUTF(FORMAT);
        byte[] header = JSON.writeValueAsBytes(
                new Header(epochs, iteration, parameters.length, updaterState.length, best.length));
        out.writeInt(header.length);
        out.write(header);
        write(out, parameters);
        write(out, updaterState);
        write(out, best);
        out.flush();
        file.write(digested.getMessageDigest().digest());
    }

    private static void write(DataOutputStream out, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_FLOATS * Float.BYTES);
        for (int start = 0; start < values.length; start += BUFFER_FLOATS) {
            int count = Math.min(BUFFER_FLOATS, values.length - start);
            bytes.asFloatBuffer().put(values, start, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param length of the file, in bytes
     * @throws IOException if it is something else, or only a part of it
     */
    static Checkpoint read(InputStream file, long length) throws IOException {
        DigestInputStream digested = new DigestInputStream(new BufferedInputStream(file), Sha256.start());
        DataInputStream in = new DataInputStream(digested);
        try {
            String format = in.readUTF();
            if (!format.equals(FORMAT)) {
                throw new IOException("its format is " + format + ", this Graft reads " + FORMAT);
            }
            Header header = JSON.readValue(
                    new String(in.readNBytes(within(in.readInt(), length)), StandardCharsets.UTF_8), Header.class);
            if (header == null) {
                throw new IOException("it is damaged or not whole");
            }
            within(header.bytes(), length);
            Checkpoint checkpoint = new Checkpoint(
                    header.epochs(),
                    read(in, header.parameters()),
                    read(in, header.updaterState()),
                    header.iteration(),
                    read(in, header.best()));
            byte[] digest = digested.getMessageDigest().digest();
            digested.on(false);
            if (!Arrays.equals(digest, in.readNBytes(digest.length + 1))) {
                throw new IOException("it is damaged");
            }
            return checkpoint;
        } catch (EOFException | JsonProcessingException | UTFDataFormatException e) {
            throw new IOException("it is damaged or not whole", e);
        }
    }

    /** A number of bytes, if a file of this length can have so many. */
    private static int within(long bytes, long length) throws IOException {
        if (bytes < 0 || bytes > length) {
            throw new IOException("it is damaged or not whole");
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static float[] read(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        byte[] bytes = new byte[BUFFER_FLOATS * Float.BYTES];
        for (int start = 0; start < count; start += BUFFER_FLOATS) {
            int some = Math.min(BUFFER_FLOATS, count - start);
            in.readFully(bytes, 0, some * Float.BYTES);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, start, some);
        }
        return values;
    }
}
