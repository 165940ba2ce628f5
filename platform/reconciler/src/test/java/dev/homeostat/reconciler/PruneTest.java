package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** When a prune runs, what it removes, and what its guard holds. */
final class PruneTest {
    private static final Options OPTIONS = Options.defaults()
            .pruning(Duration.ofHours(1))
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofMinutes(10), Duration.ofMinutes(10));

    private static void fill(Lab lab, String prefix, int objects) {
        for (int i = 0; i < objects; i++) {
            lab.target.tamper(prefix + i, new Item(prefix + i, "stray"));
        }
    }

    private static Lab withRows(int rows) {
        Lab lab = new Lab();
        for (int i = 0; i < rows; i++) {
            lab.put("row" + i, "1");
        }
        return lab;
    }

    @Test
    void promise_B8_aPruneNeverRunsBeforeTheTableIsInitializedAndRunsAsSoonAsItIs() {
        Lab lab = new Lab("manifests");
        lab.put("a", "1");
        lab.target.tamper("stray", new Item("stray", "x"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var asked = reconciler.prune();
        lab.advance(Duration.ofHours(5));
        lab.assertTarget("a", "stray");
        assertThat(lab.target.count("prune")).isZero();
        assertThat(reconciler.pruneState()).isEqualTo("waits for initializer \"manifests\"");
        assertThat(reconciler.health().message()).contains("prune waits for initializer \"manifests\"");
        assertThat(reconciler.health().ok()).isTrue();

        lab.initialize("manifests");
        lab.clock.runUntilIdle();
        lab.assertTarget("a");
        assertThat(Lab.result(asked).removed()).containsExactly("stray");
        assertThat(reconciler.pruneState())
                .isEqualTo("next at " + lab.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void promise_B8_oneOfTwoInitializersIsNotEnough() {
        Lab lab = new Lab("manifests", "etcd");
        lab.run(OPTIONS);
        lab.initialize("etcd");
        lab.advance(Duration.ofHours(2));
        assertThat(lab.target.count("prune")).isZero();
        lab.initialize("manifests");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(1);
    }

    @Test
    void promise_B8_anEmptyTableIsPrunedToo() {
        Lab lab = new Lab();
        lab.run(OPTIONS);
        assertThat(lab.target.log()).containsExactly("prune");
        lab.advance(Duration.ofHours(1));
        assertThat(lab.target.count("prune")).isEqualTo(2);
    }

    @Test
    void promise_B8_withoutAnIntervalItPrunesOnDemandOnly() {
        Lab lab = withRows(1);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.withoutPruning());
        lab.advance(Duration.ofHours(10));
        assertThat(lab.target.count("prune")).isZero();
        lab.target.tamper("stray", new Item("stray", "x"));
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report))
                .isEqualTo(new PruneReport(java.util.List.of("stray"), java.util.List.of(), java.util.List.of(), null));
    }

    @Test
    void promise_B8_aFailedPruneWaitsForTheNextOneAndStaysInHealthUntilOneSucceeds() {
        Lab lab = withRows(1);
        lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofMinutes(59));
        assertThat(lab.target.count("prune")).isEqualTo(1);
        assertThat(reconciler.health().ok()).isFalse();
        assertThat(reconciler.health().problems()).singleElement().asString().contains("cannot list");
        lab.put("row1", "1");
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().ok())
                .as("rows that succeed do not hide it")
                .isFalse();

        lab.advance(Duration.ofMinutes(1));
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.stats().prunes()).isEqualTo(2);
        assertThat(reconciler.stats().pruneErrors()).isEqualTo(1);
    }

    @Test
    void promise_B8_aFailedPruneStaysInHealthWhileTheNextOneIsUnderWay() {
        Lab lab = withRows(1);
        Gate searching = lab.clock.gate();
        lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next(FakeTarget.PRUNE, Fault.hanging(searching));
        reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(2);
        assertThat(reconciler.health().problems()).singleElement().asString().contains("cannot list");

        searching.open();
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B8_aRemovalThatFailsIsAFailedPrune() {
        Lab lab = withRows(3);
        lab.target.tamper("stray", new Item("stray", "x"));
        lab.target.next("stray", Fault.error("busy"));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).failed()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("stray");
            assertThat(failure.reason()).contains("busy");
        });
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("stray")
                .contains("busy");
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.health().ok()).isTrue();
        lab.assertTarget("row0", "row1", "row2");
    }

    @Test
    void promise_B8_aPruneThatThrowsFailsWhoAskedForIt() {
        Lab lab = withRows(1);
        lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.withoutPruning());
        var report = reconciler.prune().toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThatThrownBy(report::join).isInstanceOf(CompletionException.class).hasMessageContaining("cannot list");
    }

    @Test
    void promise_B19_moreThanFloorAndShareIsHeldAndNothingIsRemoved() {
        Lab lab = withRows(10);
        fill(lab, "stray", 11);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.target.objects()).hasSize(21);
        HeldPrune held = reconciler.heldPrune().orElseThrow();
        assertThat(held.number()).isEqualTo(1);
        assertThat(held.removals()).hasSize(11).contains("stray0");
        assertThat(held.reason()).contains("11 of 21").contains("prune-guard-share");
        assertThat(reconciler.health().ok()).isFalse();
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("prune 1 is held")
                .contains("confirm 1");
    }

    @Test
    void promise_B19_atTheFloorOrAtTheShareItIsNotHeld() {
        Lab atFloor = withRows(1);
        fill(atFloor, "stray", 10);
        atFloor.run(OPTIONS);
        atFloor.assertTarget("row0");

        Lab atShare = withRows(11);
        fill(atShare, "stray", 11);
        atShare.run(OPTIONS);
        assertThat(atShare.target.objects()).hasSize(11);
    }

    @Test
    void promise_B19_aCountHoldsWhateverFloorAndShareSay() {
        Lab lab = withRows(100);
        fill(lab, "stray", 3);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.pruneGuardCount(2));
        assertThat(reconciler.heldPrune().orElseThrow().reason()).contains("prune-guard-count 2");
    }

    @Test
    void promise_B19_anEmptyTableThatNeverHadARowRemovesNothing() {
        Lab lab = new Lab();
        fill(lab, "stray", 1);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.assertTarget("stray0");
        assertThat(reconciler.heldPrune().orElseThrow().reason()).contains("never had a row");

        Lab emptied = new Lab();
        emptied.put("a", "1");
        emptied.run(OPTIONS);
        emptied.delete("a");
        emptied.clock.runUntilIdle();
        fill(emptied, "stray", 1);
        emptied.advance(Duration.ofHours(1));
        emptied.assertTarget();
    }

    @Test
    void promise_B19_anEmptyListIsNeverHeld() {
        Lab lab = new Lab();
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.pruneGuard(0, 0).pruneGuardCount(0));
        assertThat(reconciler.heldPrune()).isEmpty();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B19_undoneDeletesAreUncountedAndLeftToTheDelete() {
        Lab lab = withRows(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int i = 0; i < 15; i++) {
            lab.breakFor("row" + i, "busy");
            lab.delete("row" + i);
        }
        lab.clock.runUntilIdle();
        assertThat(reconciler.undoneDeletes()).hasSize(15);
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).held()).isNull();
        assertThat(Lab.result(report).spared()).hasSize(15);
        assertThat(Lab.result(report).removed()).isEmpty();
        assertThat(lab.target.log()).noneMatch(call -> call.startsWith("remove"));
    }

    @Test
    void promise_B19_aDeleteThatWasNotComeToIsUncountedToo() {
        Lab lab = withRows(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.rounds(1, 0.001));
        lab.advance(Duration.ofHours(10));
        var report = reconciler.prune();
        for (int i = 0; i < 15; i++) {
            lab.delete("row" + i);
        }
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).held()).isNull();
        assertThat(Lab.result(report).spared()).hasSizeGreaterThanOrEqualTo(14);
    }

    @Test
    void promise_B19_confirmRunsThatListAndNoOther() {
        Lab lab = withRows(1);
        fill(lab, "stray", 20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        long number = reconciler.heldPrune().orElseThrow().number();
        fill(lab, "later", 5);
        assertThatThrownBy(() -> reconciler.confirmPrune(number + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has number " + number);

        lab.put("stray7", "desired now");
        var report = reconciler.confirmPrune(number);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).removed()).hasSize(19).doesNotContain("stray7");
        assertThat(Lab.result(report).spared()).containsExactly("stray7");
        assertThat(lab.target.objects())
                .containsEntry("stray7", new Item("stray7", "desired now"))
                .containsKey("later0");
        assertThat(reconciler.heldPrune()).isEmpty();
        assertThat(reconciler.health().ok()).isTrue();
        assertThatThrownBy(() -> reconciler.confirmPrune(number)).hasMessageContaining("none is");
    }

    @Test
    void promise_B19_aLaterPruneMakesANewNumber() {
        Lab lab = withRows(1);
        fill(lab, "stray", 20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.heldPrune().orElseThrow().number()).isEqualTo(2);
        assertThatThrownBy(() -> reconciler.confirmPrune(1)).hasMessageContaining("number 2");
        for (int i = 0; i < 20; i++) {
            lab.put("stray" + i, "1");
        }
        lab.advance(Duration.ofHours(1));
        assertThat(reconciler.heldPrune()).as("nothing to hold any more").isEmpty();
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B19_eachRemovalIsRecheckedAgainstTheNewestSnapshot() {
        Lab lab = withRows(5);
        fill(lab, "stray", 2);
        Gate gate = lab.clock.gate();
        lab.target.next("stray0", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS.withoutPruning());
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        lab.put("stray1", "desired now");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).removed()).containsExactly("stray0");
        assertThat(Lab.result(report).spared()).containsExactly("stray1");
        assertThat(lab.target.count("remove stray1")).isZero();
    }

    @Test
    void promise_B19_aRemovalIsOrderedWithTheOperationsOfItsKey() {
        Lab lab = withRows(5);
        fill(lab, "stray", 1);
        Gate gate = lab.clock.gate();
        lab.target.next("stray0", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.concurrency(4));
        lab.put("stray0", "desired now");
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update stray0")).as("its key is taken").isZero();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.objects()).containsEntry("stray0", new Item("stray0", "desired now"));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B19_removalsWithoutAKeyRunAlone() {
        Keyless target = new Keyless();
        Lab lab = withRows(5);
        target.tamper("stray", new Item("stray", "x"));
        target.tamper("wanted", new Item("wanted", "x"));
        Gate slow = lab.clock.gate();
        Gate removing = lab.clock.gate();
        target.next("row0", Fault.waiting(slow));
        target.next("stray", Fault.waiting(removing));
        RunningReconciler<Item> reconciler = lab.start("lab", target, OPTIONS.concurrency(4));
        lab.clock.runUntilIdle();
        assertThat(target.count("remove stray")).as("an update runs").isZero();
        slow.open();
        lab.clock.runUntilIdle();
        assertThat(target.count("remove stray")).isEqualTo(1);
        lab.put("row9", "1");
        lab.clock.runUntilIdle();
        assertThat(target.count("update row9")).as("a removal runs alone").isZero();
        removing.open();
        lab.clock.runUntilIdle();
        assertThat(target.objects()).containsKeys("row9", "wanted").doesNotContainKey("stray");
        assertThat(reconciler.stats().pruned()).isEqualTo(1);
    }

    @Test
    void promise_B19_removalsWithoutAKeyFailWhileAnAbandonedOperationRuns() {
        Keyless target = new Keyless();
        Lab lab = withRows(1);
        Gate hang = lab.clock.gate();
        target.next("row0", Fault.hanging(hang));
        RunningReconciler<Item> reconciler = lab.start("lab", target, OPTIONS);
        lab.advance(Duration.ofSeconds(11));
        target.tamper("stray", new Item("stray", "x"));
        lab.put("row1", "1");
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).failed())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("alone"));
        assertThat(target.objects()).containsKeys("row1", "stray");
        hang.open();
        lab.advance(Duration.ofHours(1));
        assertThat(target.objects()).doesNotContainKey("stray");
    }

    @Test
    void promise_B14_aPruneThatHangsIsAbandonedAndNoOtherBeginsBeforeItEnds() {
        Lab lab = withRows(1);
        Gate hang = lab.clock.gate();
        lab.target.next(FakeTarget.PRUNE, Fault.hanging(hang));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofHours(3));
        lab.assertTarget("row0");
        assertThat(lab.target.count("prune")).isEqualTo(1);
        assertThat(reconciler.health().problems()).anyMatch(p -> p.contains("deadline"));
        hang.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("prune")).isEqualTo(2);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void prune_whenItIsStopped_endsForWhoAsked() {
        Lab lab = new Lab("manifests");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var report = reconciler.prune().toCompletableFuture();
        reconciler.stop();
        lab.clock.runUntilIdle();
        assertThatThrownBy(report::join).hasMessageContaining("stopped");

        var late = reconciler.prune().toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThatThrownBy(late::join).hasMessageContaining("stopped");
    }

    /** Registers removals that belong to no row, all but {@code wanted} of which stay undesired. */
    private static final class Keyless extends FakeTarget<Item> {
        Keyless() {
            super(Item::name, Item::key);
        }

        @Override
        protected void register(PruneContext context, String object) {
            context.remove(object, txn -> !object.equals("wanted"), removal -> remove(removal, object));
        }
    }
}
