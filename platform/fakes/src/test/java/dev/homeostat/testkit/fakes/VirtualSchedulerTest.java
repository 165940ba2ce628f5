package dev.homeostat.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VirtualSchedulerTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final List<String> log = new ArrayList<>();

    @Test
    void time_standsStillUntilItIsMoved() {
        scheduler.execute(() -> log.add("ran at " + scheduler.instant()));
        scheduler.runUntilIdle();
        assertThat(log).containsExactly("ran at " + VirtualScheduler.START);
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(scheduler.instant()).isEqualTo(VirtualScheduler.START.plusSeconds(3));
    }

    @Test
    void advance_runsEachTaskAtItsTime() {
        scheduler.schedule(Duration.ofSeconds(2), () -> log.add("two at " + scheduler.nanoTime() / 1_000_000_000));
        scheduler.schedule(Duration.ofSeconds(1), () -> {
            log.add("one at " + scheduler.nanoTime() / 1_000_000_000);
            scheduler.schedule(Duration.ofSeconds(1), () -> log.add("three"));
        });
        scheduler.schedule(Duration.ofSeconds(9), () -> log.add("too late"));
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(log).containsExactly("one at 1", "two at 2", "three");
    }

    @Test
    void cancel_inTime_keepsTheTaskFromRunning() {
        var timer = scheduler.schedule(Duration.ofSeconds(1), () -> log.add("never"));
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        var late = scheduler.schedule(Duration.ofSeconds(1), () -> log.add("ran"));
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(late.cancel()).isFalse();
        assertThat(log).containsExactly("ran");
    }

    @Test
    void sleep_ofOneTask_letsOthersRun() {
        scheduler.execute(() -> {
            sleep(Duration.ofSeconds(5));
            log.add("slept");
        });
        scheduler.execute(() -> log.add("awake"));
        scheduler.runUntilIdle();
        assertThat(log).containsExactly("awake");
        assertThat(scheduler.waiting()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(log).containsExactly("awake", "slept");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void interrupt_endsASleepAndNoUninterruptibleWait() {
        AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
        AtomicReference<@Nullable Thread> deaf = new AtomicReference<>();
        Gate gate = scheduler.gate();
        scheduler.execute(() -> {
            sleeper.set(Thread.currentThread());
            sleep(Duration.ofSeconds(5));
        });
        scheduler.execute(() -> {
            deaf.set(Thread.currentThread());
            gate.awaitUninterruptibly();
            log.add("opened, interrupted: " + Thread.currentThread().isInterrupted());
        });
        scheduler.runUntilIdle();
        scheduler.execute(() -> {
            interrupt(sleeper.get());
            interrupt(deaf.get());
        });
        scheduler.runUntilIdle();
        assertThat(log).containsExactly("interrupted");
        gate.open();
        scheduler.runUntilIdle();
        assertThat(log).containsExactly("interrupted", "opened, interrupted: true");
    }

    @Test
    void seeded_givesTheSameOrderForTheSameSeedAndOthersForOthers() {
        assertThat(orderOf(7)).isEqualTo(orderOf(7));
        assertThat(List.of(orderOf(1), orderOf(2), orderOf(3), orderOf(4))).doesNotHaveDuplicates();
    }

    @Test
    void runUntil_whatNeverHappens_fails() {
        assertThatThrownBy(() -> scheduler.runUntil(() -> false, Duration.ofHours(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PT1H");
        scheduler.schedule(Duration.ofMinutes(1), () -> log.add("there"));
        scheduler.runUntil(() -> !log.isEmpty(), Duration.ofHours(1));
        assertThat(scheduler.instant()).isEqualTo(VirtualScheduler.START.plusSeconds(60));
    }

    @Test
    void aTaskThatThrows_failsTheTest() {
        scheduler.execute(() -> {
            throw new IllegalStateException("planted");
        });
        assertThatThrownBy(scheduler::runUntilIdle).hasMessageContaining("planted");
    }

    private static List<Integer> orderOf(long seed) {
        VirtualScheduler seeded = VirtualScheduler.seeded(seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            seeded.execute(() -> order.add(number));
        }
        seeded.runUntilIdle();
        return order;
    }

    private void sleep(Duration time) {
        try {
            scheduler.sleep(time);
        } catch (InterruptedException e) {
            log.add("interrupted");
        }
    }

    private static void interrupt(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
