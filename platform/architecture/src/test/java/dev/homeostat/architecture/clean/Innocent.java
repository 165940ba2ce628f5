package dev.homeostat.architecture.clean;

import java.time.Clock;
import java.time.Instant;

/** Planted: nothing. */
public final class Innocent {
    private final Instant since;

    Innocent(Clock clock) {
        since = Instant.now(clock);
    }

    Instant since() {
        return since;
    }
}
