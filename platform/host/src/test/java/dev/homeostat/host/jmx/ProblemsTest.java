package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.ReconcilerHealth.Failing;
import dev.homeostat.api.reconcile.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What comes next for a row that fails, as a line of the attribute Problems says it. */
final class ProblemsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    @Test
    void rowThatIsTriedAgain_saysWhen() {
        Status status = Status.error(7, AT, "no route", 2, AT.plusSeconds(3));

        assertThat(Problems.text(new Failing("m-7", false, status, AT.minusSeconds(1))))
                .isEqualTo("m-7: no route (attempt 2 at 2026-01-02T03:04:05.678Z, fails since 2026-01-02T03:04:04.678Z,"
                        + " next at 2026-01-02T03:04:08.678Z)");
    }

    @Test
    void rowThatFailedForGood_saysThatNothingComes() {
        Status status = Status.permanent(7, AT, "not signed", 1);

        assertThat(Problems.text(new Failing("m-9", true, status)))
                .isEqualTo("delete of m-9: not signed (attempt 1 at 2026-01-02T03:04:05.678Z, not tried again by"
                        + " itself)");
    }

    /** It has no time of a next attempt either, and goes on by itself all the same. */
    @Test
    void rowThatIsBlocked_saysWhatItWaitsFor() {
        Status status = Status.blocked(7, AT, "rack-42 is not known", 1, new Blocker("racks", "rack-42"));

        assertThat(Problems.text(new Failing("m-42", false, status)))
                .isEqualTo("m-42: rack-42 is not known (attempt 1 at 2026-01-02T03:04:05.678Z, next when racks/rack-42"
                        + " changes or is done)");
    }
}
