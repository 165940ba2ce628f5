package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Duration TICK = Duration.ofNanos(10);

    @Test
    void some_mayComeAtOnce_andTheOthersInTurn() {
        Pace pace = new Pace(TICK, 2);
        assertThat(pace.comes(1000)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1000)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1000)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1000)).isEqualTo(Duration.ofNanos(10));
        assertThat(pace.comes(1000)).isEqualTo(Duration.ofNanos(20));
        assertThat(pace.comes(1015)).isEqualTo(Duration.ofNanos(15));
    }

    @Test
    void afterARest_someMayAgain_andNoMore() {
        Pace pace = new Pace(TICK, 1);
        assertThat(pace.comes(-50)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1_000_000)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1_000_000)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(1_000_000)).isEqualTo(Duration.ofNanos(10));
    }

    @Test
    void clockThatOverflows_isNoTrouble() {
        Pace pace = new Pace(TICK, 0);
        assertThat(pace.comes(Long.MAX_VALUE - 5)).isEqualTo(Duration.ZERO);
        assertThat(pace.comes(Long.MIN_VALUE)).isEqualTo(Duration.ofNanos(4));
    }
}
