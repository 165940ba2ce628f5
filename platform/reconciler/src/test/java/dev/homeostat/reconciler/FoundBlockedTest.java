package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows that a reconciler finds blocked when it starts, whatever they waited for before. */
final class FoundBlockedTest {
    @Nested
    final class Beside extends Contract<Item> {
        Beside() {
            super(StatusSide.BESIDE);
        }
    }

    @Nested
    final class InAField extends Contract<Station> {
        InAField() {
            super(StatusSide.FIELD);
        }
    }

    @Nested
    final class InASet extends Contract<Node> {
        InASet() {
            super(StatusSide.SET);
        }
    }

    abstract static class Contract<T> extends StatusFixture<T> {
        Contract(StatusSide<T> side) {
            super(side);
        }

        @Test
        void promise_B3_aBlockedRowIsDueAtOnceAfterARestartWithItsAttemptsKept() {
            target.always("a", (context, operation) -> Outcome.blocked(table.name(), key("first"), "needs first"));
            RunningReconciler<T> before = startAndRun("main", target, "a");
            assertThat(status(before, "a").blockedOn()).isEqualTo(new Blocker(table.name(), "first"));
            stop(before);
            target.forgetCalls();

            RunningReconciler<T> after = start("main", target);
            clock.runUntilIdle();
            assertThat(target.log()).containsExactly("update a");
            assertThat(target.last("update a").attempt()).isEqualTo(2);
            assertThat(status(after, "a").blockedOn()).isEqualTo(new Blocker(table.name(), "first"));
            clock.advance(A_WHILE);
            assertThat(target.count("update a")).as("then it waits again").isEqualTo(1);
        }

        @Test
        void promise_B3_whatCameWhileItWasStoppedIsSeenByThatAttempt() {
            target.always(
                    "a",
                    (context, operation) ->
                            table.get(context.txn(), table.spec().lookup(key("first"))) == null
                                    ? Outcome.blocked(table.name(), key("first"), "needs first")
                                    : operation.call());
            RunningReconciler<T> before = startAndRun("main", target, "a");
            stop(before);
            write("first", "1");

            RunningReconciler<T> after = start("main", target);
            clock.runUntilIdle();
            assertThat(status(after, "a").kind()).isEqualTo(StatusKind.DONE);
            assertThat(after.health().ok()).isTrue();
        }
    }
}
