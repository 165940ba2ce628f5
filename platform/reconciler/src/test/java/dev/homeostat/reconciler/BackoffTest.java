package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackoffTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private final Backoff backoff = new Backoff(new SplittableRandom(1));

    @Test
    void promise_B12_theFirstDelayIsExactlyTheMinimum() {
        assertThat(backoff.delayNanos(Options.defaults(), 1)).isEqualTo(100 * MILLI);
    }

    @Test
    void promise_B12_theCeilingDoublesAndTheJitterFillsTheRange() {
        for (int failures = 2; failures <= 6; failures++) {
            LongSummaryStatistics delays = drawn(Options.defaults(), failures);
            long ceiling = (100 * MILLI) << (failures - 1);
            assertThat(delays.getMin()).isBetween(100 * MILLI, 100 * MILLI + ceiling / 20);
            assertThat(delays.getMax()).isBetween(ceiling - ceiling / 20, ceiling);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 31, 32, 33, 62, 63, 64, 65, 1_000, Integer.MAX_VALUE})
    void promise_B12_itNeverOverflows(int failures) {
        LongSummaryStatistics delays = drawn(Options.defaults(), failures);
        assertThat(delays.getMin()).isGreaterThanOrEqualTo(100 * MILLI);
        assertThat(delays.getMax()).isLessThanOrEqualTo(Duration.ofMinutes(1).toNanos());

        Options extreme = Options.defaults().retrying(Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(drawn(extreme, failures).getMin()).isPositive();
    }

    private LongSummaryStatistics drawn(Options options, int failures) {
        return LongStream.range(0, 500)
                .map(i -> backoff.delayNanos(options, failures))
                .summaryStatistics();
    }
}
