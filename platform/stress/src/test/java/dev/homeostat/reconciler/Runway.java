package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.stress.races.Item;
import dev.homeostat.stress.races.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Where the flights of the races start from: the least that a reconciler is given, and tasks of the races' own. */
final class Runway {
    private static final Tasks TASKS = new Tasks();
    private static final Database DB = TASKS.newDatabase();
    private static final Table<Item> TABLE = DB.create(Item.LEFT);
    private static final StatusStore<Item> STORE = BesideTheRow.create(DB, Item.LEFT, "racer");
    private static final PausedKeys PAUSED = new PausedKeys();
    private static final Plan PLAN = new Plan(DB, "plan");
    private static final ReconcilerRegistry REGISTRY = new ReconcilerRegistry(DB);
    private static final Setup<Item> ONE_BY_ONE = setup(_ -> {});

    private Runway() {}

    /** A flight of these, each run by its own task. */
    static Flight<Item> flight(Noted... tasks) {
        Flight<Item> flight = new Flight<>(ONE_BY_ONE, new TurnTime(TASKS), 1, 0);
        for (Noted task : tasks) {
            flight.add(attempt(task));
        }
        flight.seal();
        return flight;
    }

    /** A flight of these as a batch, halved when it throws. */
    static Flight<Item> batch(Consumer<List<BatchEntry<Item>>> call, Noted... tasks) {
        Flight<Item> flight = new Flight<>(setup(call), new TurnTime(TASKS), 1, 0);
        for (Noted task : tasks) {
            flight.add(attempt(task).batched());
        }
        flight.seal();
        return flight;
    }

    static Attempt<Item> attempt(Noted task) {
        return Attempt.ofPrune(task, null, null, 0, 1, Cause.MANUAL);
    }

    /** Waits a little, so that what is to meet the flight at work does not mostly come too early. */
    static void awaitBegin(Flight<Item> flight) {
        for (int i = 0; i < 200 && flight.begun() == 0; i++) {
            Thread.onSpinWait();
        }
    }

    /** Gives a result; says whether it was accepted or refused. */
    static String give(BatchEntry<Item> entry) {
        try {
            entry.result(Noted.GIVEN);
            return "accepted";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    /** An event loop that gives each task the thread that asks. */
    static EventLoop loop(EventLoop.Machine machine) {
        EventLoop loop = new EventLoop(new AtOnce());
        loop.drive(machine);
        return loop;
    }

    private static Setup<Item> setup(Consumer<List<BatchEntry<Item>>> call) {
        return new Setup<>("racer", DB, TABLE, new Calls(call), STORE, PAUSED, PLAN, TASKS, REGISTRY);
    }

    private record Calls(Consumer<List<BatchEntry<Item>>> call) implements BatchOperations<Item> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
            call.accept(entries);
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {
            throw new AssertionError("nothing is deleted here");
        }

        @Override
        public boolean bisect(Throwable failure) {
            return true;
        }
    }

    private static final class AtOnce implements Scheduler {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            throw new AssertionError("nothing is timed here");
        }
    }
}
