package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What health says of a fault of the reconciler's own. */
final class InternalErrorTest {
    private final Lab lab = new Lab();

    @Test
    void health_tellsOfAnInternalErrorAsLongAsFewTurnsWentWell() {
        RunningReconciler<Item> reconciler = withAnInternalError(new FailingDatabase(lab.db));
        lab.assertTarget("internal");
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.health().problems()).singleElement().asString().startsWith("internal error at ");
        manyTurns();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void health_tellsOfAnInternalErrorForTenMinutesHoweverManyTurnsWentWell() {
        RunningReconciler<Item> reconciler = withAnInternalError(new FailingDatabase(lab.db));
        manyTurns();
        lab.advance(Duration.ofMinutes(9));
        assertThat(reconciler.health().problems()).singleElement().asString().startsWith("internal error at ");
        lab.advance(Duration.ofMinutes(1));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void health_tellsOfAnInternalErrorThatComesAgainFromThenOn() {
        FailingDatabase failing = new FailingDatabase(lab.db);
        RunningReconciler<Item> reconciler = withAnInternalError(failing);
        manyTurns();
        lab.advance(Duration.ofMinutes(9));
        breakATurn(failing);
        manyTurns();
        lab.advance(Duration.ofMinutes(9));
        assertThat(reconciler.health().problems()).singleElement().asString().startsWith("internal error at ");
        lab.advance(Duration.ofMinutes(1));
        assertThat(reconciler.health().ok()).isTrue();
    }

    private RunningReconciler<Item> withAnInternalError(FailingDatabase failing) {
        RunningReconciler<Item> reconciler = Reconcilers.builder(failing.proxy(), lab.clock)
                .build()
                .start("lab", lab.items, lab.target, Lab.OPTIONS);
        lab.clock.runUntilIdle();
        breakATurn(failing);
        return reconciler;
    }

    /** No snapshot can be had, once. */
    private void breakATurn(FailingDatabase failing) {
        failing.method = "readTxn";
        failing.left = 1;
        lab.put("internal", "1");
        lab.advance(Duration.ofSeconds(1));
        assertThat(failing.left).isZero();
    }

    private void manyTurns() {
        for (int i = 0; i < 1_000; i++) {
            lab.put("busy", "" + i);
            lab.clock.runUntilIdle();
        }
    }
}
