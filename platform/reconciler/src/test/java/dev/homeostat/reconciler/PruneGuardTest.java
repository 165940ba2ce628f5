package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneContext;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard of a prune, clause by clause, and what becomes of what it holds. */
final class PruneGuardTest {
    private static final Options OPTIONS = Options.defaults()
            .withoutPruning()
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofMinutes(10), Duration.ofMinutes(10));
    private final Lab lab = new Lab();

    private void rows(int rows) {
        for (int i = 0; i < rows; i++) {
            lab.put("row" + i, "1");
        }
    }

    private void strays(int objects) {
        for (int i = 0; i < objects; i++) {
            lab.target.tamper("stray" + i, new Item("stray" + i, "x"));
        }
    }

    private PruneReport prune(RunningReconciler<Item> reconciler) {
        var report = reconciler.prune();
        lab.clock.runUntilIdle();
        return Lab.result(report);
    }

    private HeldPrune held(RunningReconciler<Item> reconciler) {
        return reconciler.heldPrune().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, 10, 0.5, , false", // not more than the floor
        "11, 1, 10, 0.5, , true",
        "11, 11, 10, 0.5, , false", // not more than the share
        "11, 10, 10, 0.5, , true",
        "12, 100, 10, 0.1, , true",
        "11, 100, 10, 0.1, , false",
        "3, 100, 10, 0.5, 2, true", // the count alone
        "2, 100, 10, 0.5, 2, false",
        "1, 1, 0, 0, , true",
        "100, 0, 1000, 1, , false", // emptied by somebody
    })
    void promise_B19_floorShareAndCount(
            int strays, int rows, int floor, double share, @Nullable Integer count, boolean holds) {
        rows(Math.max(1, rows));
        RunningReconciler<Item> reconciler =
                lab.run(OPTIONS.pruneGuard(floor, share).pruneGuardCount(count));
        if (rows == 0) {
            lab.delete("row0");
            lab.clock.runUntilIdle();
        }
        strays(strays);
        PruneReport report = prune(reconciler);
        assertThat(report.held() != null).isEqualTo(holds);
        assertThat(report.removed()).hasSize(holds ? 0 : strays);
        assertThat(lab.target.objects()).hasSize(holds ? rows + strays : rows);
        assertThat(reconciler.health().ok()).isEqualTo(!holds);
    }

    @Test
    void promise_B19_oneRemovalIsEnoughWhereTheTableNeverHadARow() {
        strays(1);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.pruneGuard(1000, 1));
        assertThat(prune(reconciler).removed()).isEmpty();
        assertThat(held(reconciler).reason()).contains("never had a row");
    }

    @Test
    void promise_B19_thatTheTableHadARowIsRememberedAcrossARestartInTheProcess() {
        lab.put("a", "1");
        RunningReconciler<Item> first = lab.run(OPTIONS);
        lab.delete("a");
        lab.clock.runUntilIdle();
        first.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(first);
        strays(1);
        RunningReconciler<Item> second = lab.run(OPTIONS);
        assertThat(prune(second).removed()).containsExactly("stray0");
    }

    @Test
    void promise_B19_aRowThatCameAndWentBeforeTheReconcilerCountsToo() {
        lab.put("a", "1");
        lab.delete("a");
        strays(1);
        assertThat(prune(lab.run(OPTIONS)).removed()).containsExactly("stray0");
    }

    @Test
    void promise_B19_undoneDeletesAreNotAmongWhatTheGuardCounts() {
        rows(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        for (int i = 0; i < 15; i++) {
            lab.breakFor("row" + i, "busy");
            lab.delete("row" + i);
        }
        lab.clock.runUntilIdle();
        strays(11);
        assertThat(prune(reconciler).held()).isNotNull();
        assertThat(held(reconciler).removals())
                .as("11 of 16, and no delete among them")
                .hasSize(11)
                .allMatch(name -> name.startsWith("stray"));
        assertThat(held(reconciler).reason()).contains("11 of 16");
    }

    @Test
    void promise_B19_aHeldPruneSurvivesChangesOptionsPausesPlansAndPrunesThatFail() {
        rows(1);
        strays(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        prune(reconciler);
        HeldPrune before = held(reconciler);
        lab.put("row1", "1");
        lab.delete("row0");
        reconciler.options(OPTIONS.mode(Mode.PLAN).pruneGuard(1000, 1));
        lab.clock.runUntilIdle();
        prune(reconciler);
        reconciler.options(OPTIONS.mode(Mode.PAUSED));
        lab.clock.runUntilIdle();
        lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        reconciler.options(OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems())
                .anyMatch(problem -> problem.contains("cannot list"))
                .anyMatch(problem -> problem.contains("prune 1 is held"));
        assertThat(held(reconciler)).isEqualTo(before);
        var report = reconciler.confirmPrune(before.number());
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).removed()).hasSize(20);
    }

    @Test
    void promise_B19_numbersAreNeverUsedAgainAfterARestartInTheProcess() {
        rows(1);
        strays(20);
        RunningReconciler<Item> first = lab.run(OPTIONS);
        prune(first);
        assertThat(held(first).number()).isEqualTo(1);
        first.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(first);
        RunningReconciler<Item> second = lab.run(OPTIONS);
        assertThatThrownBy(() -> second.confirmPrune(1)).hasMessageContaining("none is");
        prune(second);
        assertThat(held(second).number()).isEqualTo(2);
    }

    @Test
    void promise_B19_whoKeepsTheNumbersHasThemGoOnInAnotherProcess() {
        AtomicLong kept = new AtomicLong(41); // as the process before left it
        rows(1);
        strays(20);
        Reconcilers reconcilers = Reconcilers.builder(lab.db, lab.clock)
                .registry(new ReconcilerRegistry(lab.db, kept::incrementAndGet))
                .build();
        RunningReconciler<Item> one = reconcilers.start("one", lab.items, lab.target, OPTIONS);
        RunningReconciler<Item> two = reconcilers.start("two", lab.items, lab.target, OPTIONS);
        prune(one);
        prune(two);
        assertThat(held(one).number()).isEqualTo(42);
        assertThat(held(two).number())
                .as("a number typed with the name of the other confirms nothing")
                .isEqualTo(43);
        assertThat(kept).hasValue(43);
    }

    @Test
    void promise_B19_whatIsDesiredAndInNoRowHoldsIt_asLongAsItIs() {
        List<String> elsewhere = new ArrayList<>(List.of("a row is set aside"));
        rows(20);
        Reconcilers reconcilers = Reconcilers.builder(lab.db, lab.clock)
                .registry(new ReconcilerRegistry(
                        lab.db,
                        new AtomicLong()::incrementAndGet,
                        (table, txn) -> table.equals(lab.items) && !elsewhere.isEmpty() ? elsewhere.getFirst() : null))
                .build();
        RunningReconciler<Item> reconciler = reconcilers.start("one", lab.items, lab.target, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(prune(reconciler).held()).as("nothing would be removed").isNull();
        assertThat(reconciler.health().ok()).isTrue();
        strays(1);
        assertThat(prune(reconciler).removed()).isEmpty();
        assertThat(held(reconciler).reason()).isEqualTo("a row is set aside");
        assertThat(reconciler.health().ok()).isFalse();
        strays(40);
        prune(reconciler);
        assertThat(held(reconciler).reason()).startsWith("a row is set aside; and it would remove 40 of 60");
        elsewhere.clear();
        lab.clock.runUntilIdle();
        reconciler.options(OPTIONS.pruneGuard(1000, 1));
        assertThat(prune(reconciler).removed()).hasSize(40);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B19_aConfirmationThatALaterPruneOvertakesRemovesNothing() {
        rows(1);
        strays(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        prune(reconciler);
        Gate searching = lab.clock.gate();
        lab.target.next(FakeTarget.PRUNE, Fault.waiting(searching));
        reconciler.prune();
        lab.clock.runUntilIdle();
        var confirmed = reconciler.confirmPrune(1).toCompletableFuture();
        searching.open();
        lab.clock.runUntilIdle();
        assertThatThrownBy(confirmed::join)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("number 2");
        assertThat(lab.target.objects()).hasSize(21);
    }

    @Test
    void promise_B19_whatWasConfirmedIsOverAndRunsOnce() {
        rows(1);
        strays(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        prune(reconciler);
        var first = reconciler.confirmPrune(1);
        var second = reconciler.confirmPrune(1).toCompletableFuture();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(first).removed()).hasSize(20);
        assertThatThrownBy(second::join).hasMessageContaining("none is");
        assertThat(lab.target.count("remove stray3")).isEqualTo(1);
    }

    @Test
    void promise_B19_aConfirmedRemovalIsLeftToTheDeleteOfARowThatCameAndWent() {
        rows(1);
        strays(20);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        prune(reconciler);
        lab.put("stray5", "1");
        lab.clock.runUntilIdle();
        lab.breakFor("stray5", "busy");
        lab.delete("stray5");
        lab.clock.runUntilIdle();
        var report = reconciler.confirmPrune(1);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(report).spared()).containsExactly("stray5");
        assertThat(lab.target.count("remove stray5")).isZero();
    }

    @Test
    void promise_B19_aRowThatComesBetweenTheDecisionAndTheRemovalIsSpared() {
        rows(5);
        List<Runnable> before = new ArrayList<>();
        Reconcilers reconcilers =
                Reconcilers.builder(lab.db, new Hooked(lab.clock, before)).build();
        RunningReconciler<Item> reconciler = reconcilers.start("lab", lab.items, lab.target, OPTIONS.concurrency(2));
        lab.clock.runUntilIdle();
        strays(2);
        lab.target.next(FakeTarget.PRUNE, (context, search) -> {
            before.add(() -> lab.put("stray1", "desired now")); // both removals are decided when the search ends
            return search.call();
        });
        PruneReport report = prune(reconciler);
        assertThat(report.removed()).containsExactly("stray0");
        assertThat(report.spared()).containsExactly("stray1");
        assertThat(lab.target.count("remove stray1")).isZero();
        assertThat(lab.target.objects()).containsEntry("stray1", new Item("stray1", "desired now"));
    }

    @Test
    void promise_B19_theTestOfAKeylessRemovalSeesTheNewestSnapshot() {
        rows(5);
        Keyless target = new Keyless();
        RunningReconciler<Item> reconciler = lab.start("lab", target, OPTIONS);
        lab.clock.runUntilIdle();
        target.tamper("one", new Item("one", "x"));
        target.tamper("two", new Item("two", "x"));
        target.next("one", (context, operation) -> {
            lab.put("two", "desired now");
            return operation.call();
        });
        PruneReport report = prune(reconciler);
        assertThat(report.removed()).containsExactly("one");
        assertThat(report.spared()).containsExactly("two");
        assertThat(target.count("remove two")).isZero();
    }

    @Test
    void promise_B19_removalsAreUnderTheDeadline() {
        rows(5);
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        strays(2);
        lab.target.next("stray0", Fault.waiting(lab.clock.gate()));
        var report = reconciler.prune();
        lab.advance(Duration.ofSeconds(10));
        assertThat(Lab.result(report).failed()).singleElement().satisfies(failure -> {
            assertThat(failure.key()).isEqualTo("stray0");
            assertThat(failure.reason()).contains("deadline");
        });
        assertThat(Lab.result(report).removed()).containsExactly("stray1");
    }

    @Test
    void promise_B8_aFailedPruneSaysSinceWhenAndWhenTheNextOneIsDue() {
        rows(1);
        Options hourly = OPTIONS.pruning(Duration.ofHours(1));
        for (int i = 0; i < 2; i++) {
            lab.target.next(FakeTarget.PRUNE, Fault.throwing(new IllegalStateException("cannot list")));
        }
        Instant start = lab.clock.instant();
        RunningReconciler<Item> reconciler = lab.run(hourly);
        lab.advance(Duration.ofMinutes(61));
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("cannot list")
                .contains("failing since " + start)
                .contains("is due at " + start.plus(Duration.ofHours(2)));
        reconciler.options(OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("waits until somebody asks for it");
        prune(reconciler);
        assertThat(reconciler.health().ok()).isTrue();
    }

    /** Registers removals that belong to no row key and are undesired as long as no row has their name. */
    private final class Keyless extends FakeTarget<Item> {
        Keyless() {
            super(Item::name, Item::key);
        }

        @Override
        protected void register(PruneContext context, String object) {
            context.remove(
                    object,
                    newest -> lab.items.get(newest, Item.NAME.query(object)) == null,
                    removal -> remove(removal, object));
        }
    }

    /** Does something before it runs the next task. */
    private record Hooked(Scheduler scheduler, List<Runnable> before) implements Scheduler {
        @Override
        public Instant instant() {
            return scheduler.instant();
        }

        @Override
        public long nanoTime() {
            return scheduler.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            List<Runnable> todo = List.copyOf(before);
            before.clear();
            scheduler.execute(() -> {
                todo.forEach(Runnable::run);
                task.run();
            });
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return scheduler.schedule(delay, task);
        }
    }
}
