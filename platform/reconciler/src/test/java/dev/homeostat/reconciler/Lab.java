package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A database, a table of items, a target and a virtual clock. */
final class Lab {
    final VirtualScheduler clock;
    final Database db;
    final RWTable<Item> items;
    final FakeTarget<Item> target = new FakeTarget<>(Item::name, Item::key);
    final Reconcilers reconcilers;

    /** No pruning, and everything else as it comes: most tests want this. */
    static final Options OPTIONS = Options.defaults().withoutPruning();

    Lab(String... initializers) {
        this(VirtualScheduler.inOrder(), ReconcilerMetrics.NONE, initializers);
    }

    Lab(VirtualScheduler clock, ReconcilerMetrics metrics, String... initializers) {
        this.clock = clock;
        this.db = StateDatabase.builder().scheduler(clock).build();
        this.items = db.create(Item.TABLE, initializers);
        this.reconcilers = Reconcilers.builder(db, clock)
                .metrics(metrics)
                .random(new SplittableRandom(42))
                .build();
    }

    RunningReconciler<Item> start(Options options) {
        return start("lab", target, options);
    }

    RunningReconciler<Item> start(String name, Operations<Item> operations, Options options) {
        return reconcilers.start(name, items, operations, options);
    }

    /** Starts one and lets it do what it can do at once. */
    RunningReconciler<Item> run(Options options) {
        RunningReconciler<Item> reconciler = start(options);
        clock.runUntilIdle();
        return reconciler;
    }

    /** Writes a row; gives its revision. */
    long put(String name, String text) {
        db.write(items, txn -> items.insert(txn, new Item(name, text)));
        Row<Item> row = items.get(db.readTxn(), Item.NAME.query(name));
        return row == null ? 0 : row.revision();
    }

    void putAll(String... names) {
        for (String name : names) {
            put(name, "1");
        }
    }

    void delete(String name) {
        db.write(items, txn -> items.delete(txn, Item.NAME.query(name)));
    }

    void initialize(String name) {
        db.write(items, txn -> {
            items.initializer(name).complete(txn);
            return null;
        });
    }

    @Nullable
    Status status(RunningReconciler<Item> reconciler, String name) {
        return reconciler.status(db.readTxn(), Item.key(name));
    }

    Status known(RunningReconciler<Item> reconciler, String name) {
        Status status = status(reconciler, name);
        if (status == null) {
            throw new AssertionError("no status of " + name);
        }
        return status;
    }

    StatusKind kind(RunningReconciler<Item> reconciler, String name) {
        return known(reconciler, name).kind();
    }

    Explanation explain(RunningReconciler<Item> reconciler, String name) {
        return reconciler.explain(Item.key(name)).orElseThrow();
    }

    void advance(Duration time) {
        clock.advance(time);
    }

    /** What the stage completed with, which it must have by now. */
    static <R> R result(CompletionStage<R> stage) {
        AtomicReference<@Nullable R> result = new AtomicReference<>();
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                throw new AssertionError(failure);
            }
            result.set(value);
        });
        R value = result.get();
        if (value == null) {
            throw new AssertionError("not complete yet");
        }
        return value;
    }

    static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    /** Fails all updates and deletes of that object. */
    void breakFor(String name, String reason) {
        target.always(name, Fault.error(reason));
    }

    void assertTarget(String... names) {
        assertThat(target.objects().keySet()).containsExactlyInAnyOrder(names);
    }
}
