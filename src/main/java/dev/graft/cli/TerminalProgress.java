package dev.graft.cli;

import dev.graft.spark.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress with counts, rate and time left on standard error: a bar where a person watches, plain lines elsewhere. */
final class TerminalProgress implements Progress {
    private static final long BAR_PERIOD_MILLIS = 500;
    private static final long LINE_PERIOD_MILLIS = 10_000;

    @Override
    public Task begin(String task, long total, String unit, LongSupplier done) {
        return Terminal.watched() ? new Bar(task, total, unit, done) : new Lines(task, total, unit, done);
    }

    private static Timer every(long periodMillis, Runnable action) {
        Timer timer = new Timer("progress", true);
        timer.scheduleAtFixedRate(
                new TimerTask() {
                    @Override
                    public void run() {
                        action.run();
                    }
                },
                periodMillis,
                periodMillis);
        return timer;
    }

    private static final class Bar implements Task {
        private final ProgressBar bar;
        private final LongSupplier done;
        private final Timer ticker;

        Bar(String task, long total, String unit, LongSupplier done) {
            this.done = done;
            this.bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(" " + unit, 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(Terminal.errors()))
                    .build();
            this.ticker = every(BAR_PERIOD_MILLIS, () -> bar.stepTo(done.getAsLong()));
        }

        @Override
        public void close() {
            ticker.cancel();
            bar.stepTo(done.getAsLong());
            bar.close();
        }
    }

    private static final class Lines implements Task {
        private final String task;
        private final long total;
        private final String unit;
        private final LongSupplier done;
        private final long start = System.nanoTime();
        private final Timer ticker;

        Lines(String task, long total, String unit, LongSupplier done) {
            this.task = task;
            this.total = total;
            this.unit = unit;
            this.done = done;
            this.ticker = every(LINE_PERIOD_MILLIS, this::print);
        }

        private void print() {
            long count = done.getAsLong();
            double seconds = (System.nanoTime() - start) / 1e9;
            double rate = count / seconds;
            String left = count == 0 ? "" : ", " + duration((total - count) / rate) + " left";
            Terminal.err(String.format(
                    Locale.ROOT, "%s: %d of %d %s, %.1f %s/s%s", task, count, total, unit, rate, unit, left));
        }

        private static String duration(double seconds) {
            Duration duration = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
            return String.format(
                    Locale.ROOT,
                    "%d:%02d:%02d",
                    duration.toHours(),
                    duration.toMinutesPart(),
                    duration.toSecondsPart());
        }

        @Override
        public void close() {
            ticker.cancel();
            double seconds = (System.nanoTime() - start) / 1e9;
            long count = done.getAsLong();
            Terminal.err(String.format(
                    Locale.ROOT,
                    "%s: %d of %d %s in %.1f s, %.1f %s/s",
                    task,
                    count,
                    total,
                    unit,
                    seconds,
                    count / seconds,
                    unit));
        }
    }
}
