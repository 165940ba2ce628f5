package dev.homeostat.host.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.ReconcilerHealth.Failing;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.reconciler.FailureGroup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What comes next for rows that fail with one error, as a JMX client reads it. */
final class InfosTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void group_ofBlockedRows_namesTheRowThatTheyWaitFor() {
        Status status = Status.blocked(7, AT, "rack-42 is not known", 1, new Blocker("racks", "rack-42"));

        assertThat(Infos.group(new FailureGroup("rack-42 is not known", 100, new Failing("m-42", false, status))))
                .satisfies(group -> {
                    assertThat(group.kind()).isEqualTo("blocked");
                    assertThat(group.blockedOn()).isEqualTo("racks/rack-42");
                    assertThat(group.nextAttempt()).isEmpty();
                });
    }

    @Test
    void group_ofRowsThatAreTriedAgain_waitsForNone() {
        Status status = Status.error(7, AT, "no route", 1, AT.plusSeconds(3));

        assertThat(Infos.group(new FailureGroup("no route", 100, new Failing("m-7", false, status)))
                        .blockedOn())
                .isEmpty();
    }
}
