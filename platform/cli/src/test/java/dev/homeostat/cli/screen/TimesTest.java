package dev.homeostat.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {
    private static final Ages AGES = new Ages(Instant.parse("2026-01-02T03:04:05.5Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a refresh at 2026-01-02T03:05:09.678901234Z or soon after | a refresh at 2026-01-02T03:05:09.678Z (in 1m 4s) or soon after
        next at 2026-01-02T03:04:09Z                               | next at 2026-01-02T03:04:09Z (in 3s)
        runs since 2026-01-02T03:04:00.5Z, till 2026-01-02T03:04:05.5Z | runs since 2026-01-02T03:04:00.5Z (5s ago), till 2026-01-02T03:04:05.5Z (just now)
        nothing: it failed for good                                | nothing: it failed for good
        """)
    void timesInASentence_areBrief_withTheirDistance(String given, String expected) {
        assertThat(Times.readable(given, AGES)).isEqualTo(expected);
    }
}
