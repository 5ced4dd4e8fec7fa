package dev.graft.decode;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A part of this JVM's memory that all its tasks share: whoever needs some waits until there is that much, and gives it
 * back. First come, first served, so that small needs never keep a large one waiting for ever.
 */
final class MemoryAllowance {
    /** What whoever needs nothing holds. */
    static final Share NOTHING = new MemoryAllowance(0).take(0);

    private static final int UNIT_BITS = 10;
    private static final int UNIT = 1 << UNIT_BITS;

    /** One permit for each KiB. */
    private final Semaphore free;

    private int capacity;

    MemoryAllowance(long bytes) {
        this.capacity = units(bytes);
        this.free = new Semaphore(capacity, true);
    }

    /** Makes the allowance large enough for a need; it never shrinks. */
    synchronized void reachFor(long bytes) {
        int missing = units(bytes) - capacity;
        if (missing > 0) {
            free.release(missing);
            capacity += missing;
        }
    }

    /**
     * Waits until there is so much, and takes it.
     *
     * @throws IllegalStateException when the thread is interrupted meanwhile
     */
    Share take(long bytes) {
        int units = units(bytes);
        reachFor(bytes);
        try {
            free.acquire(units);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for memory for an image", e);
        }
        return new Share(units);
    }

    long freeBytes() {
        return (long) free.availablePermits() << UNIT_BITS;
    }

    private static int units(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) >> UNIT_BITS);
    }

    /** What was taken, until it is given back; giving it back twice does nothing. */
    final class Share implements AutoCloseable {
        private final int units;
        private final AtomicBoolean isHeld = new AtomicBoolean(true);

        private Share(int units) {
            this.units = units;
        }

        @Override
        public void close() {
            if (isHeld.compareAndSet(true, false)) {
                free.release(units);
            }
        }
    }
}
