package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.TableRestore;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reconciler takes over from one that was stopped and forgotten, on a table that was made again with its rows at their revisions. */
final class TakeOverTest {
    private static final Options OPTIONS =
            Lab.OPTIONS.retrying(Duration.ofMinutes(10), Duration.ofMinutes(10)).concurrency(4);

    private final Lab lab = new Lab();

    /** Stops it, and gives what it leaves. */
    private Remembered<Item> stop(RunningReconciler<Item> reconciler) {
        reconciler.stop();
        lab.clock.runUntilIdle();
        Remembered<Item> left = reconciler.remembered();
        lab.reconcilers.forget(reconciler);
        return left;
    }

    /** Makes the table again, with the same rows. */
    private RWTable<Item> again() {
        List<Row<Item>> rows =
                lab.items.byRevision(lab.db.readTxn(), 0).stream().toList();
        long revision = lab.items.revision(lab.db.readTxn());
        lab.db.remove(lab.items);
        TableRestore<Item> restore = StateDatabase.restore(lab.db, Item.TABLE);
        rows.forEach(row -> restore.add(row.value(), row.revision()));
        return restore.create(revision, List.of(), List.of());
    }

    private RunningReconciler<Item> goOn(RWTable<Item> table, Remembered<Item> left) {
        RunningReconciler<Item> next = lab.reconcilers.start("lab", table, lab.target, OPTIONS, left);
        lab.clock.runUntilIdle();
        return next;
    }

    @Test
    void promise_A5_whatWasDoneIsNotDoneAgain() {
        lab.putAll("a", "b");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        Instant doneAt = lab.known(first, "a").updatedAt();
        Remembered<Item> left = stop(first);
        RWTable<Item> table = again();
        lab.advance(Duration.ofSeconds(3));
        RunningReconciler<Item> second = goOn(table, left);
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(lab.known(second, "a"))
                .returns(StatusKind.DONE, Status::kind)
                .returns(doneAt, Status::updatedAt);
        lab.db.write(table, txn -> table.insert(txn, new Item("a", "2")));
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.target.count("update b")).isEqualTo(1);
    }

    @Test
    void promise_A5_aRetryKeepsItsAttemptsAndItsTime() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        Status failed = lab.known(first, "a");
        Remembered<Item> left = stop(first);
        RunningReconciler<Item> second = goOn(again(), left);
        assertThat(lab.known(second, "a")).isEqualTo(failed);
        assertThat(lab.target.count("update a")).isEqualTo(1);
        assertThat(second.health().failing()).isEqualTo(1);
        Duration left1 = Duration.between(lab.clock.instant(), failed.nextAttempt());
        lab.advance(left1.minusMillis(1));
        assertThat(lab.target.count("update a")).isEqualTo(1);
        lab.advance(Duration.ofMillis(2));
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.known(second, "a").attempts()).isEqualTo(2);
    }

    @Test
    void promise_A5_aRetryCanBeAskedForBeforeItsTime_andAWaitWaitsForIt() {
        lab.put("a", "1");
        lab.target.next("a", Fault.error("no"));
        RunningReconciler<Item> second = goOn(again(lab.run(OPTIONS)), leftBehind);
        var wait = second.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(wait)).isFalse();
        assertThat(second.retry(Item.key("a"))).isTrue();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    private Remembered<Item> leftBehind = Remembered.nothing();

    private RWTable<Item> again(RunningReconciler<Item> first) {
        leftBehind = stop(first);
        return again();
    }

    @Test
    void promise_B3_whatWasGivenUpIsAttemptedAtOnce_itsAttemptsCountedOn() {
        lab.put("a", "1");
        lab.target.next("a", Fault.permanent("not by this version"));
        lab.target.next("a", Fault.permanent("nor by this one"));
        RunningReconciler<Item> second = goOn(again(lab.run(OPTIONS)), leftBehind);
        assertThat(lab.known(second, "a").attempts()).isEqualTo(2);
    }

    @Test
    void promise_A5_aDeleteThatIsNotDoneGoesOn_withItsAttemptsAndItsFacts() {
        lab.put("a", "1");
        lab.target.next("a", (context, operation) -> {
            context.learn("id", "42");
            return operation.call();
        });
        RunningReconciler<Item> first = lab.run(OPTIONS);
        lab.target.next("a", Fault.permanent("locked"));
        lab.delete("a");
        lab.clock.runUntilIdle();
        RunningReconciler<Item> second = goOn(again(first), leftBehind);
        assertThat(lab.target.count("delete a")).isEqualTo(2);
        assertThat(lab.target.last("delete a").facts()).isEqualTo(Map.of("id", "42"));
        assertThat(second.undoneDeletes()).isEmpty();
        lab.assertTarget();
    }

    @Test
    void promise_A5_aDeleteThatWaitsForItsRetry_waitsOn() {
        lab.put("a", "1");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        lab.target.next("a", Fault.error("locked"));
        lab.delete("a");
        lab.clock.runUntilIdle();
        RunningReconciler<Item> second = goOn(again(first), leftBehind);
        assertThat(lab.target.count("delete a")).isEqualTo(1);
        assertThat(second.undoneDeletes()).containsExactly(Item.key("a"));
        lab.advance(Duration.ofMinutes(11));
        assertThat(lab.target.count("delete a")).isEqualTo(2);
        lab.assertTarget();
    }

    @Test
    void promise_A5_aRowThatWasDeletedWhileNobodyLooked_isDeletedAtTheTarget() {
        lab.putAll("a", "b");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        lab.delete("b");
        lab.clock.runUntilIdle();
        try (ChangeIterator<Item> since = lab.items.changes()) {
            Remembered<Item> left = stop(first);
            lab.delete("a");
            List<Change.Delete<Item>> deletes = new ArrayList<>();
            for (Change<Item> change : since.next(lab.db.readTxn())) {
                if (change instanceof Change.Delete<Item> delete) {
                    deletes.add(delete);
                }
            }
            goOn(again(), left.with(deletes, lab.clock));
        }
        lab.assertTarget();
        assertThat(lab.target.count("delete a")).isEqualTo(1);
        assertThat(lab.target.count("delete b")).isEqualTo(1);
    }

    @Test
    void promise_A5_aPausedRowStaysPaused() {
        lab.put("a", "1");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        first.pause(Item.key("a"));
        RWTable<Item> table = again(first);
        RunningReconciler<Item> second = goOn(table, leftBehind);
        lab.db.write(table, txn -> table.insert(txn, new Item("a", "2")));
        lab.clock.runUntilIdle();
        assertThat(second.pausedKeys()).containsExactly(Item.key("a"));
        assertThat(lab.target.count("update a")).isEqualTo(1);
    }

    @Test
    void notesAboutRowsThatAreNotThere_areLeftOut() {
        lab.putAll("a", "b");
        Remembered<Item> left = stop(lab.run(OPTIONS));
        lab.db.remove(lab.items);
        RWTable<Item> empty = lab.db.create(Item.TABLE);
        RunningReconciler<Item> second = goOn(empty, left);
        assertThat(second.statusTable())
                .hasValueSatisfying(
                        statuses -> assertThat(statuses.count(lab.db.readTxn())).isZero());
        assertThat(second.undoneDeletes()).isEmpty();
    }

    @Test
    void remembered_beforeTheEndOfTheStop_isRefused() {
        RunningReconciler<Item> running = lab.run(OPTIONS);
        assertThatThrownBy(running::remembered).hasMessageContaining("items/lab has not stopped");
    }
}
