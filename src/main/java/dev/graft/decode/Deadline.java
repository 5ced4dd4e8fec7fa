package dev.graft.decode;

import java.time.Duration;

/** How long one piece of work may take, asked by another thread than the one at work. */
final class Deadline {
    private final long nanos;

    /** Whether a piece of work is under way, and since when, on the clock of {@link System#nanoTime}. */
    private volatile Span span = new Span(false, 0);

    private record Span(boolean isRunning, long since) {}

    Deadline(Duration longest) {
        this.nanos = longest.toNanos();
    }

    /** The work begins. */
    void begin() {
        span = new Span(true, System.nanoTime());
    }

    /** The clock stands while the work waits for its turn; what it took until then counts. */
    void pause() {
        span = new Span(false, System.nanoTime() - span.since());
    }

    /** The clock goes on after {@link #pause}. */
    void resume() {
        span = new Span(true, System.nanoTime() - span.since());
    }

    /** The work has ended. */
    void end() {
        span = new Span(false, 0);
    }

    boolean isPast() {
        Span now = span;
        return now.isRunning() && System.nanoTime() - now.since() > nanos;
    }
}
