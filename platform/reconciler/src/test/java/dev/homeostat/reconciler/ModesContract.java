package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Modes, pauses, observation and refreshes on demand: the same wherever statuses live. */
abstract class ModesContract<T> extends StatusFixture<T> {
    private final FakeTarget<T> looking;

    ModesContract(StatusSide<T> side) {
        super(side);
        this.looking = new FakeTarget<>(side::name, Keys.STRING::encode) {
            @Override
            protected boolean isAsDesired(T object, T row) {
                return side.text(object).equals(side.text(row));
            }
        };
    }

    private void options(RunningReconciler<T> reconciler, Options options) {
        reconciler.options(options);
        clock.runUntilIdle();
    }

    private List<String> planned(RunningReconciler<T> reconciler) {
        return reconciler.plan().orElseThrow().all(db.readTxn()).stream()
                .map(Row::value)
                .map(change -> change.operation() + " " + change.key())
                .toList();
    }

    @Test
    void promise_B20_aPlanIsMadeKeptAndDone() {
        RunningReconciler<T> reconciler = startAndRun("main", looking, "keep", "back", "change", "gone");
        options(reconciler, OPTIONS.mode(Mode.PLAN));
        looking.forgetCalls();
        write("change", "2");
        write("back", "2");
        write("new", "1");
        delete("gone");
        clock.runUntilIdle();
        write("back", "1");
        clock.runUntilIdle();
        assertThat(planned(reconciler)).containsExactly("delete gone", "update change", "update new");
        assertThat(looking.log()).allMatch(call -> call.startsWith("observe"));
        assertThat(status(reconciler, "new").kind()).isEqualTo(StatusKind.PENDING);
        PlannedChange change = known(reconciler, "update change");
        assertThat(change.generation()).isEqualTo(generation(reconciler, "change"));

        options(reconciler, OPTIONS);
        clock.advance(A_WHILE);
        assertThat(looking.objects().keySet()).containsExactly("back", "change", "keep", "new");
        assertThat(planned(reconciler)).isEmpty();
        for (String name : List.of("back", "change", "keep", "new")) {
            assertThat(status(reconciler, name).kind()).as(name).isEqualTo(StatusKind.DONE);
        }
        assertThat(reconciler.stats().queued()).isZero();
    }

    private PlannedChange known(RunningReconciler<T> reconciler, String name) {
        Row<PlannedChange> row = reconciler.plan().orElseThrow().get(db.readTxn(), PlannedChange.CHANGE.query(name));
        if (row == null) {
            throw new AssertionError("not planned: " + name);
        }
        return row.value();
    }

    @Test
    void promise_B20_theStatusesOfAnotherReconcilerChangeNoPlan() {
        RunningReconciler<T> planning = start("main", looking, OPTIONS.mode(Mode.PLAN));
        RunningReconciler<T> applying = start("other", other);
        other.next("a", Fault.error("no"), Fault.error("no"));
        write("a", "1");
        clock.runUntilIdle();
        PlannedChange before = known(planning, "update a");
        clock.advance(A_WHILE);
        assertThat(other.count("update a")).isEqualTo(3);
        assertThat(status(applying, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(known(planning, "update a")).isEqualTo(before);
        assertThat(looking.count("observe a")).as("it is looked at once").isEqualTo(1);
        options(planning, OPTIONS);
        clock.advance(A_WHILE);
        assertThat(status(planning, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(other.count("update a")).isEqualTo(3);
    }

    @Test
    void promise_B20_pausedNothingStartsAndNothingIsLost() {
        RunningReconciler<T> reconciler = startAndRun("main", looking, "a", "gone");
        looking.next("failing", Fault.error("no"));
        write("failing", "1");
        clock.runUntilIdle();
        options(reconciler, OPTIONS.mode(Mode.PAUSED));
        looking.forgetCalls();
        write("a", "2");
        write("new", "1");
        delete("gone");
        clock.advance(A_WHILE);
        assertThat(looking.calls()).isEmpty();
        assertThat(reconciler.health().message()).contains("paused, 4 waiting");
        options(reconciler, OPTIONS);
        clock.advance(A_WHILE);
        assertThat(looking.objects().keySet()).containsExactly("a", "failing", "new");
        assertThat(looking.last("update failing").attempt()).isEqualTo(2);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B20_aPausedRowIsLeftAloneAlsoWhenOthersWriteToIt() {
        RunningReconciler<T> reconciler = startAndRun("main", looking, "a", "b");
        start("other", other);
        reconciler.pause(key("a"));
        write("a", "2");
        write("b", "2");
        clock.advance(A_WHILE);
        assertThat(looking.count("update a")).isEqualTo(1);
        assertThat(looking.count("update b")).isEqualTo(2);
        assertThat(other.count("update a"))
                .as("it is paused for one reconciler")
                .isEqualTo(1);
        reconciler.resume(key("a"));
        clock.advance(A_WHILE);
        assertThat(looking.count("update a")).isEqualTo(2);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B9_allThatIsDoneIsRefreshedOnceOnDemand() {
        RunningReconciler<T> reconciler = startAndRun("main", looking, "a", "b", "c");
        looking.tamper("b", null);
        for (int round = 1; round <= 2; round++) {
            reconciler.refresh();
            clock.advance(A_WHILE);
            assertThat(reconciler.stats().refreshes()).isEqualTo(3L * round);
        }
        assertThat(looking.objects()).containsKey("b");
        reconciler.refresh(key("c"));
        clock.runUntilIdle();
        assertThat(reconciler.stats().refreshes()).isEqualTo(7);
        assertThat(status(reconciler, "c").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B20_observationFindsDriftAndTakesNothingFromRefreshes() {
        Options refreshing = OPTIONS.refreshing(Duration.ofSeconds(10), 100);
        RunningReconciler<T> reconciler = start("main", looking, refreshing);
        for (String name : List.of("a", "b", "c", "d")) {
            write(name, "1");
        }
        clock.runUntilIdle();
        for (int round = 1; round <= 3; round++) {
            looking.tamper("b", null);
            var report = reconciler.observe();
            clock.advance(Duration.ofSeconds(1));
            assertThat(Lab.result(report).inSync()).isEqualTo(3);
            assertThat(Lab.result(report).drifted()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(10));
            assertThat(reconciler.stats().refreshes()).isEqualTo(4L * round);
            assertThat(looking.objects()).containsKey("b");
        }
    }
}
