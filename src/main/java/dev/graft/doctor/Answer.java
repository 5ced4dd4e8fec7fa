package dev.graft.doctor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What a task brings back. It travels as bytes, because Spark's Kryo serializer cannot write records.
 *
 * @param clock of the executor, in milliseconds since 1970
 */
record Answer(ExecutorFacts facts, long clock) implements Serializable {
    private static final long serialVersionUID = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(this);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write facts", e);
        }
        return bytes.toByteArray();
    }

    static Answer of(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Answer) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read facts", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Cannot read facts", e);
        }
    }
}
