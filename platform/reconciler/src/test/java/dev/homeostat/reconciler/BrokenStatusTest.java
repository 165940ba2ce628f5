package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusesInRow;
import dev.homeostat.testkit.fakes.FakeTarget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rows whose statuses cannot be got or set: their own trouble, and nobody else's. */
final class BrokenStatusTest {
    private static final Index<Vase, String> NAME = Index.unique("name", Keys.STRING, Vase::name);
    private static final StatusesInRow<Vase> STATUSES = StatusesInRow.field("status", Vase::got, Vase::set);
    private static final TableSpec<Vase> TABLE =
            TableSpec.of("vases", Vase.class, NAME).statuses(STATUSES);

    private final Lab lab = new Lab();
    private final RWTable<Vase> vases = lab.db.create(TABLE);
    private final FakeTarget<Vase> target = new FakeTarget<>(Vase::name, Item::key);

    private record Vase(String name, Status status) {
        Status got() {
            if (name.equals("ungettable")) {
                throw new IllegalStateException("cannot be got");
            }
            return status;
        }

        Vase set(Status other) {
            if (name.equals("unsettable")) {
                throw new IllegalStateException("cannot be set");
            }
            return new Vase(name.equals("renamed") ? "another" : name, other);
        }
    }

    private RunningReconciler<Vase> run() {
        for (String name : new String[] {"a", "ungettable", "unsettable", "renamed", "z"}) {
            lab.db.write(vases, txn -> vases.insert(txn, new Vase(name, Status.pending())));
        }
        RunningReconciler<Vase> reconciler =
                lab.reconcilers.start("disk", vases, STATUSES.slot(), target, Lab.OPTIONS.withoutPruning());
        lab.clock.runUntilIdle();
        return reconciler;
    }

    @Test
    void statusesThatCannotBeGotOrSet_areErrorsOfTheirRows() {
        RunningReconciler<Vase> reconciler = run();
        for (String name : new String[] {"a", "z"}) {
            Status status = reconciler.status(lab.db.readTxn(), Item.key(name));
            assertThat(status == null ? null : status.kind()).as(name).isEqualTo(StatusKind.DONE);
        }
        assertThat(reconciler.health().failing()).isEqualTo(3);
        assertThat(reconciler.health().failures().toString())
                .contains("cannot be got")
                .contains("cannot be set")
                .contains("changed the primary key");
        assertThat(vases.count(lab.db.readTxn())).isEqualTo(5);
    }

    @Test
    void statusesThatCannotBeSet_areRetriedWithBackoffAndCauseNoStorm() {
        run();
        lab.advance(Duration.ofMinutes(10));
        assertThat(target.count("update unsettable")).isBetween(10L, 100L);
        assertThat(target.count("update a")).isEqualTo(1);
    }

    @Test
    void aBesideReconciler_takesEachVersionForAGeneration() {
        run();
        RunningReconciler<Vase> beside =
                lab.reconcilers.start("beside", vases, new FakeTarget<>(Vase::name, Item::key), Lab.OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(beside.health().ok()).isTrue();
        assertThat(beside.stats().updates()).isEqualTo(5);
    }
}
