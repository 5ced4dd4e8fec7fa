package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryAllowanceTest {
    private static final long MIB = 1 << 20;

    private final MemoryAllowance allowance = new MemoryAllowance(10 * MIB);

    @Test
    void whoeverFindsTooLittleWaits() throws Exception {
        MemoryAllowance.Share held = allowance.take(6 * MIB);
        CompletableFuture<MemoryAllowance.Share> waiting = CompletableFuture.supplyAsync(() -> allowance.take(5 * MIB));

        assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        held.close();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(allowance.freeBytes()).isEqualTo(5 * MIB);
    }

    @Test
    void givingBackTwiceDoesNothing() {
        MemoryAllowance.Share share = allowance.take(MIB);
        share.close();
        share.close();

        assertThat(allowance.freeBytes()).isEqualTo(10 * MIB);
    }

    @Test
    void needThatIsLargerThanAllThereIsMakesItLarger() {
        allowance.take(20 * MIB).close();

        assertThat(allowance.freeBytes()).isEqualTo(20 * MIB);
    }

    @Test
    void moreThanThereIsIsNeverTakenByAllTogether() {
        AtomicLong taken = new AtomicLong();
        AtomicLong most = new AtomicLong();
        CompletableFuture<?>[] all = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    long bytes = (1 + i % 9) * MIB;
                    try (MemoryAllowance.Share share = allowance.take(bytes)) {
                        most.accumulateAndGet(taken.addAndGet(bytes), Math::max);
                        Thread.onSpinWait();
                        taken.addAndGet(-bytes);
                    }
                }))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(all).orTimeout(60, TimeUnit.SECONDS).join();

        assertThat(most.get()).isBetween(9 * MIB, 10 * MIB);
    }
}
