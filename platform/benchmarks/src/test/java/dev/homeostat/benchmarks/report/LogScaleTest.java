package dev.homeostat.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LogScaleTest {
    @Test
    void place_ofEqualFactors_isEquallyFar() {
        LogScale scale = new LogScale(1, 10_000, 0, 400);

        assertThat(scale.place(1)).isCloseTo(0, within(1e-9));
        assertThat(scale.place(10)).isCloseTo(100, within(1e-9));
        assertThat(scale.place(10_000)).isCloseTo(400, within(1e-9));
    }

    @Test
    void around_hardlyDifferentValues_isADecadeLong() {
        LogScale scale = LogScale.around(100, 110, 0, 1);

        assertThat(scale.ticks()).containsExactly(50.0, 100.0, 200.0, 500.0);
    }

    @Test
    void around_keepsAllValuesOnTheAxis() {
        for (double value : new double[] {0.3, 1, 4.9, 5, 99, 1000, 123_456}) {
            LogScale scale = LogScale.around(value, value * 37, 0, 1);

            assertThat(scale.place(value)).isBetween(0.0, 1.0);
            assertThat(scale.place(value * 37)).isBetween(0.0, 1.0);
        }
    }
}
