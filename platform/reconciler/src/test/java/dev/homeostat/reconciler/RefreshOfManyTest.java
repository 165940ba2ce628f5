package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusesInRow;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refreshing is switched on, and which row was done when is in the rows: whoever looks through all of them, however long it takes, holds up nobody. */
final class RefreshOfManyTest {
    private static final Options OPTIONS = Lab.OPTIONS;

    private final Lab lab = new Lab();
    private final Gate gate = lab.clock.gate();
    private final StatusesInRow<Crate> statuses = StatusesInRow.field("status", this::look, Crate::withStatus);
    private final RWTable<Crate> crates =
            lab.db.create(TableSpec.of("crates", Crate.class, Index.unique("name", Keys.STRING, Crate::name))
                    .statuses(statuses));
    private final FakeTarget<Crate> target = new FakeTarget<>(Crate::name, Item::key);
    private final RunningReconciler<Crate> reconciler =
            lab.reconcilers.start("disk", crates, statuses.slot(), target, OPTIONS);
    private boolean slow;

    private record Crate(String name, Status status) {
        Crate withStatus(Status other) {
            return new Crate(name, other);
        }
    }

    /** Takes long at one row, which nobody but a look at all rows comes to. */
    private Status look(Crate crate) {
        if (slow && crate.name().equals("slow")) {
            slow = false;
            gate.awaitUninterruptibly();
        }
        return crate.status();
    }

    @BeforeEach
    void manyRowsAreDone() {
        for (String name : new String[] {"a", "b", "slow", "x", "y"}) {
            put(name);
            lab.advance(Duration.ofSeconds(1));
        }
        target.forgetCalls();
        slow = true;
    }

    @Test
    void promise_B15_whileTheOldestAreLookedForEverythingElseGoesOn() {
        reconciler.options(OPTIONS.refreshing(Duration.ofMinutes(1), 1000));
        lab.advance(Duration.ofSeconds(1));
        put("new");
        lab.advance(Duration.ofSeconds(1));
        assertThat(gate.isOpen()).isFalse();
        assertThat(slow).as("it has begun").isFalse();
        assertThat(target.log()).containsExactly("update new");
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B9_whatIsDoneOrGoneMeanwhileHasItsPlaceAmongTheOldest() {
        reconciler.options(OPTIONS.refreshing(Duration.ofMinutes(1), 1000));
        lab.advance(Duration.ofSeconds(1));
        lab.db.write(crates, txn -> crates.delete(txn, crates.spec().lookup(Item.key("b"))));
        put("a");
        put("new");
        lab.advance(Duration.ofSeconds(10));
        gate.open();
        lab.clock.runUntilIdle();
        target.forgetCalls();
        lab.advance(Duration.ofSeconds(48)); // a minute after y
        assertThat(target.log()).containsExactly("update slow", "update x", "update y");
        lab.advance(Duration.ofSeconds(8));
        assertThat(target.log()).containsExactly("update slow", "update x", "update y", "update a", "update new");
    }

    @Test
    void promise_B20_aRefreshOnDemandFollowsTheLook_andMeansWhatWasDoneWhenItWasAskedFor() {
        reconciler.refresh();
        lab.advance(Duration.ofSeconds(1));
        put("later");
        lab.advance(Duration.ofSeconds(1));
        assertThat(target.log()).containsExactly("update later");
        target.forgetCalls();
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        assertThat(target.log()).containsExactly("update a", "update b", "update slow", "update x", "update y");
        lab.advance(Duration.ofHours(1));
        assertThat(target.log()).hasSize(5);
    }

    @Test
    void promise_B14_aStopDoesNotWaitForTheLook() {
        reconciler.options(OPTIONS.refreshing(Duration.ofMinutes(1), 1000));
        lab.advance(Duration.ofSeconds(1));
        var stopped = reconciler.stop();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.clock.waiting()).isZero();
    }

    private void put(String name) {
        lab.db.write(crates, txn -> crates.insert(txn, new Crate(name, Status.pending())));
    }
}
