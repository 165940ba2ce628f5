package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.testkit.fakes.FakeTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a row of a table that is empty now, for the guard that asks whether it had any in this process: one that somebody committed. */
final class EmptyTableGuardTest {
    private static final Options OPTIONS = Lab.OPTIONS;

    /** No two of one text. */
    private static final TableSpec<Item> TEXTS =
            TableSpec.of("texts", Item.class, Item.NAME).index(Index.unique("text", Keys.STRING, Item::text));

    private final Lab lab = new Lab();

    /** Whether a prune that finds one object in the target is held. */
    private boolean isHeld(RWTable<Item> table) {
        FakeTarget<Item> target = new FakeTarget<>(Item::name, Item::key);
        target.tamper("stray", new Item("stray", "x"));
        RunningReconciler<Item> reconciler = lab.reconcilers.start("guarded", table, target, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(table.count(lab.db.readTxn())).isZero();
        boolean held = isHeld(reconciler);
        assertThat(target.objects().containsKey("stray")).isEqualTo(held);
        reconciler.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(reconciler);
        return held;
    }

    private boolean isHeld(RunningReconciler<Item> reconciler) {
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        return Lab.result(report).held() != null;
    }

    @Test
    void promise_B19_aTransactionThatWasNotCommittedHadNoRow() {
        try (WriteTxn txn = lab.db.writeTxn(lab.items)) {
            lab.items.insert(txn, new Item("a", "1"));
        }
        assertThat(isHeld(lab.items)).isTrue();
    }

    @Test
    void promise_B19_aTransactionThatFailedHadNoRow() {
        assertThatThrownBy(() -> lab.db.write(lab.items, txn -> {
                    lab.items.insert(txn, new Item("a", "1"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(isHeld(lab.items)).isTrue();
    }

    @Test
    void promise_B19_rowsThatWereRefusedWereNone() {
        RWTable<Item> texts = lab.db.create(TEXTS);
        lab.db.write(texts, txn -> {
            assertThat(texts.compareAndSwap(txn, 7, new Item("a", "1"))).isFalse();
            assertThat(texts.delete(txn, new Item("a", "1"))).isNull();
            assertThat(texts.deleteAll(txn)).isZero();
            return null;
        });
        assertThat(isHeld(texts)).isTrue();

        lab.db.write(texts, txn -> {
            texts.insert(txn, new Item("a", "same"));
            assertThatThrownBy(() -> texts.insert(txn, new Item("b", "same")))
                    .isInstanceOf(UniqueViolationException.class);
            return null;
        });
        assertThat(texts.count(lab.db.readTxn())).as("the first was not").isEqualTo(1);
    }

    @Test
    void promise_B19_anInitializerThatCompletesIsNoRow() {
        RWTable<Item> awaited = lab.db.create(TEXTS, "source");
        lab.db.write(awaited, txn -> {
            awaited.initializer("source").complete(txn);
            return null;
        });
        assertThat(isHeld(awaited)).isTrue();
    }

    @Test
    void promise_B19_whoPutARowInAndTookItOutAtOnceHasSpokenForTheTable() {
        lab.db.write(lab.items, txn -> {
            lab.items.insert(txn, new Item("a", "1"));
            return lab.items.delete(txn, new Item("a", "1"));
        });
        assertThat(isHeld(lab.items)).isFalse();
    }

    @Test
    void promise_B19_theRowsOfATableCountWhenItWasRemovedAndMadeAgain() {
        RWTable<Item> before = lab.db.create(TEXTS);
        lab.db.write(before, txn -> before.insert(txn, new Item("a", "1")));
        lab.db.remove(before);
        assertThat(isHeld(lab.db.create(TEXTS)))
                .as("as when its plugin was loaded again")
                .isFalse();
    }

    @Test
    void promise_B19_aTableOfThatNameThatNeverHadARowDoesNotCount() {
        lab.db.remove(lab.db.create(TEXTS));
        assertThat(isHeld(lab.db.create(TEXTS))).isTrue();
    }

    @Test
    void promise_B19_aDerivedTableHadARowWhenSomethingWasDerived() {
        RWTable<Item> derived = lab.db.create(TEXTS, Derivation.initializerFrom(lab.items));
        try (var _ = Derivation.start(
                lab.db,
                lab.clock,
                lab.items,
                derived,
                item -> item.text().equals("none") ? List.of() : List.of(item))) {
            lab.put("a", "none");
            lab.clock.runUntilIdle();
            assertThat(isHeld(derived)).as("nothing was").isTrue();
            lab.put("a", "1");
            lab.clock.runUntilIdle();
            assertThat(derived.count(lab.db.readTxn())).isEqualTo(1);
            lab.put("a", "none");
            lab.clock.runUntilIdle();
            assertThat(isHeld(derived)).as("something was, once").isFalse();
        }
    }
}
