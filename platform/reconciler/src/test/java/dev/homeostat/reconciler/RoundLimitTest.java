package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoundLimitTest {
    private static final Options OPTIONS = Options.defaults().rounds(10, 1000);
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final RoundLimit limit = new RoundLimit();

    @Test
    void promise_B7_roundsKeepTheirRateThoughEachBeginsLate() {
        long now = 0;
        long started = 0;
        for (int round = 0; round < 100; round++) {
            started += startAll(now);
            now = limit.nextRoundNanos() + MILLI / 4;
        }

        assertThat(now).as("a hundred rounds, the last one late").isEqualTo(100 * MILLI + MILLI / 4);
        assertThat(started).isEqualTo(1000);
    }

    @Test
    void promise_B7_aTenthOfASecondIsMadeUpAndNoMore() {
        startAll(0);

        assertThat(startAll(1000 * MILLI))
                .as("a hundred rounds, and the present one")
                .isEqualTo(1010);
        assertThat(startAll(1001 * MILLI - 1)).isZero();
        assertThat(startAll(1001 * MILLI)).isEqualTo(10);
    }

    @Test
    void promise_B7_thePausesOfACollectorCostNoRound() {
        long started = 0;
        for (long now = 0; now < 1000 * MILLI; now += 90 * MILLI) {
            started += startAll(now);
        }
        assertThat(started).as("those of 990 milliseconds, and the first").isEqualTo(9910);
    }

    @Test
    void promise_B7_withinASecondAtMostATenthMoreThanTheRateStarts() {
        startAll(0);
        long started = 0;
        for (long now = 10_000 * MILLI; now < 11_000 * MILLI; now += MILLI / 2) {
            started += startAll(now);
        }
        assertThat(started).isEqualTo(11_000);
    }

    @Test
    void promise_B7_ofARateThatIsLowNothingIsMadeUp() {
        Options slow = OPTIONS.rounds(10, 1);
        startAll(0, slow);

        assertThat(startAll(5000 * MILLI, slow)).isEqualTo(10);
    }

    private long startAll(long now) {
        return startAll(now, OPTIONS);
    }

    private long startAll(long now, Options options) {
        long started = 0;
        while (limit.allows(options, now)) {
            limit.take();
            started++;
        }
        return started;
    }
}
