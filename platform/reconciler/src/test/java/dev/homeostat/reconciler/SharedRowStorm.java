package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Three reconcilers on the rows of one table under random changes, faults and restarts, from a seed. */
final class SharedRowStorm<T> {
    private static final List<String> NAMES = List.of("main", "other", "third");
    private static final int ROWS = 6;
    private static final int STEPS = 120;
    private static final Options OPTIONS = Options.defaults()
            .withoutPruning()
            .retrying(Duration.ofMillis(50), Duration.ofSeconds(1))
            .operationDeadline(Duration.ofSeconds(5));

    private final StatusSide<T> side;
    private final long seed;
    private final Random random;
    private final VirtualScheduler clock;
    private final Database db;
    private final RWTable<T> table;
    private final Reconcilers reconcilers;
    private final List<FakeTarget<T>> targets = new ArrayList<>();
    private final List<RunningReconciler<T>> running = new ArrayList<>();
    private final Map<String, String> desired = new HashMap<>();
    private int changes;
    private int faults;
    private int restarts;

    SharedRowStorm(StatusSide<T> side, long seed) {
        this.side = side;
        this.seed = seed;
        this.random = new Random(seed);
        this.clock = VirtualScheduler.seeded(seed);
        this.db = StateDatabase.builder().scheduler(clock).build();
        this.table = db.create(side.spec());
        this.reconcilers = Reconcilers.builder(db, clock).random(random).build();
    }

    void run() {
        for (String name : NAMES) {
            targets.add(new FakeTarget<>(side::name, Keys.STRING::encode));
            running.add(start(name, targets.getLast()));
        }
        for (int step = 0; step < STEPS; step++) {
            step();
            clock.advance(Duration.ofMillis(random.nextInt(40)));
        }
        targets.forEach(FakeTarget::heal);
        clock.advance(Duration.ofMinutes(2));
        check();
    }

    private void step() {
        String name = "r" + random.nextInt(ROWS);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> write(name);
            case 3 -> delete(name);
            case 4, 5 -> {
                faults++;
                targets.get(random.nextInt(3)).next(name, Fault.error("fault " + faults));
            }
            case 6 ->
                targets.get(random.nextInt(3)).next(name, Fault.slow(clock, Duration.ofMillis(random.nextInt(200))));
            default -> restart(random.nextInt(3));
        }
    }

    private void write(String name) {
        changes++;
        String text = "t" + changes;
        desired.put(name, text);
        db.write(table, txn -> {
            Row<T> present = table.get(txn, table.spec().lookup(key(name)));
            return table.insert(txn, side.desired(present == null ? null : present.value(), name, text));
        });
    }

    private void delete(String name) {
        changes++;
        desired.remove(name);
        db.write(table, txn -> table.delete(txn, table.spec().lookup(key(name))));
    }

    private void restart(int which) {
        restarts++;
        var stopped = running.get(which).stop();
        clock.runUntil(() -> Lab.isDone(stopped), Duration.ofMinutes(1));
        running.set(which, start(NAMES.get(which), targets.get(which)));
    }

    private RunningReconciler<T> start(String name, FakeTarget<T> target) {
        return side.start(reconcilers, name, table, target, OPTIONS.concurrency(1 + random.nextInt(3)));
    }

    private void check() {
        for (int i = 0; i < NAMES.size(); i++) {
            RunningReconciler<T> reconciler = running.get(i);
            String what = "seed " + seed + ", " + reconciler + ": ";
            assertThat(targets.get(i).objects().keySet()).as(what + "target").isEqualTo(desired.keySet());
            targets.get(i)
                    .objects()
                    .forEach((name, row) ->
                            assertThat(side.text(row)).as(what + name).isEqualTo(desired.get(name)));
            for (String name : desired.keySet()) {
                Status status = reconciler.status(db.readTxn(), key(name));
                assertThat(status == null ? null : status.kind())
                        .as(what + name + " " + status)
                        .isEqualTo(StatusKind.DONE);
            }
            assertThat(reconciler.health().ok()).as(what + reconciler.health()).isTrue();
            assertThat(reconciler.undoneDeletes()).as(what + "deletes").isEmpty();
            assertThat(reconciler.stats().queued()).as(what + "queued").isZero();
            assertThat(targets.get(i).calls())
                    .as(what + "no more operations than changes, faults and what a stop cut off")
                    .hasSizeLessThanOrEqualTo(changes + faults + 4 * restarts);
        }
    }

    private static Key key(String name) {
        return Keys.STRING.encode(name);
    }
}
