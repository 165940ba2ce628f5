package dev.homeostat.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgesTest {
    private final Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Ages ages = new Ages(now);

    @ParameterizedTest
    @CsvSource({
        "PT0.25S,250ms",
        "PT59.9S,59s",
        "PT60S,1m",
        "PT125S,2m 5s",
        "PT3600S,1h",
        "PT11400S,3h 10m",
        "PT50H,2d 2h"
    })
    void length_hasTwoUnitsAtMost(Duration length, String expected) {
        assertThat(Ages.length(length)).isEqualTo(expected);
    }

    @Test
    void ago_ofWhatJustWasOrWillBe_isJustNow() {
        assertThat(ages.ago(now)).isEqualTo("just now");
        assertThat(ages.ago(now.plusSeconds(5))).isEqualTo("just now");
        assertThat(ages.ago(now.minusSeconds(3))).isEqualTo("3s ago");
        assertThat(ages.ago(Instant.EPOCH)).isEmpty();
    }

    @Test
    void until_ofWhatIsDue_isNow() {
        assertThat(ages.until(now.minusSeconds(1))).isEqualTo("now");
        assertThat(ages.until(now.plusSeconds(4))).isEqualTo("in 4s");
        assertThat(ages.until(now.plusMillis(400))).isEqualTo("in 400ms");
    }
}
