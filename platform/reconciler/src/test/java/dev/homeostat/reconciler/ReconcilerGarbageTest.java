package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a reconciler must not keep from the garbage collector: old rows while it has nothing to do, and a plugin once it is gone. */
final class ReconcilerGarbageTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Options OPTIONS = Options.defaults();

    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database db = StateDatabase.builder().scheduler(clock).build();
    private final ReconcilerRegistry registry = new ReconcilerRegistry(db);

    @Test
    void anIdleReconciler_holdsNoSnapshot_besideTheRow() {
        anIdleReconcilerHoldsNoSnapshot(StatusSide.BESIDE);
    }

    @Test
    void anIdleReconciler_holdsNoSnapshot_inTheRow() {
        anIdleReconcilerHoldsNoSnapshot(StatusSide.FIELD);
    }

    @Test
    void aForgottenReconciler_isGarbage_besideTheRow() {
        aForgottenReconcilerIsGarbage(StatusSide.BESIDE, db.create(StatusSide.BESIDE.spec()));
    }

    @Test
    void aForgottenReconciler_isGarbage_inTheRow() {
        aForgottenReconcilerIsGarbage(StatusSide.FIELD, db.create(StatusSide.FIELD.spec()));
    }

    /** Its table lives on, and waits for somebody who will never come. */
    @Test
    void aForgottenReconciler_isGarbage_alsoWhereItsTableWasNeverInitialized() {
        aForgottenReconcilerIsGarbage(StatusSide.BESIDE, db.create(StatusSide.BESIDE.spec(), "never"));
    }

    private <T> void anIdleReconcilerHoldsNoSnapshot(StatusSide<T> side) {
        RWTable<T> table = db.create(side.spec());
        RunningReconciler<T> reconciler = side.start(starter(), "main", table, new Nothing<>(), OPTIONS);
        db.write(table, txn -> table.insert(txn, side.desired(null, "a", "1")));
        clock.runUntilIdle();
        WeakReference<ReadTxn> newest = new WeakReference<>(db.readTxn());
        db.create(Link.TABLE); // the next root, of which the reconciler does not hear
        awaitGarbage(newest);
        assertThat(reconciler.isStopped()).isFalse();
    }

    private <T> void aForgottenReconcilerIsGarbage(StatusSide<T> side, RWTable<T> table) {
        WeakReference<?> operations = runAndForget(side, table);
        clock.advance(Duration.ofHours(2)); // timers that were cancelled
        awaitGarbage(operations);
        assertThat(registry.isEmpty()).isTrue();
        assertThat(table.count(db.readTxn())).isEqualTo(1);
    }

    private <T> WeakReference<?> runAndForget(StatusSide<T> side, RWTable<T> table) {
        Operations<T> operations = new Nothing<>();
        Reconcilers starter = starter();
        RunningReconciler<T> reconciler = side.start(starter, "main", table, operations, OPTIONS);
        db.write(table, txn -> table.insert(txn, side.desired(null, "a", "1")));
        clock.runUntilIdle();
        reconciler.stop();
        clock.runUntilIdle();
        starter.forget(reconciler);
        return new WeakReference<>(operations);
    }

    private Reconcilers starter() {
        return Reconcilers.builder(db, clock).registry(registry).build();
    }

    private static void awaitGarbage(WeakReference<?> reference) {
        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    private static final class Nothing<T> implements Operations<T> {
        @Override
        public Outcome update(OperationContext context, T row) {
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, T row) {
            return Outcome.done();
        }
    }
}
