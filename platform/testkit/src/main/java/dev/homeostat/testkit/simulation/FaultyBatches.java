package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.ForwardingContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link FaultyOperations} for batches: each entry is in the books as an attempt of its own, and the batch as a whole can be struck too. */
final class FaultyBatches<T> implements BatchOperations<T> {
    private final World<T> world;
    private final Life<T> life;
    private final BatchOperations<T> operations;
    private final FaultyOperations<T> single;
    private final boolean halves;

    /** One of the two calls. */
    private interface Calls<T> {
        void run(List<BatchEntry<T>> entries) throws Exception;
    }

    FaultyBatches(World<T> world, Life<T> life, BatchOperations<T> operations, FaultyOperations<T> single) {
        this.world = world;
        this.life = life;
        this.operations = operations;
        this.single = single;
        this.halves = world.targetDice().chance(0.6);
    }

    @Override
    public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        perform(Call.Kind.UPDATE, context, entries, some -> operations.updateAll(context, some));
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        perform(Call.Kind.DELETE, context, entries, some -> operations.deleteAll(context, some));
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        single.prune(context, desired);
    }

    @Override
    public boolean bisect(Throwable failure) {
        if (world.targetDice().chance(world.faults().error() / 8)) {
            throw new IllegalStateException("nobody knows whether to halve");
        }
        return (halves || operations.bisect(failure)) && !(failure instanceof Killed);
    }

    private void perform(Call.Kind kind, BatchContext context, List<BatchEntry<T>> entries, Calls<T> calls)
            throws Exception {
        List<Place> places = new ArrayList<>();
        Batch batch = begin(kind, context, entries, places);
        try {
            strike(places, calls);
        } catch (Throwable t) {
            if (t instanceof Killed || life.boot.isDead()) {
                lose(batch);
                throw new Killed();
            }
            end(batch, places, t);
            throw t;
        }
        end(batch, places, null);
    }

    private Batch begin(Call.Kind kind, BatchContext context, List<BatchEntry<T>> entries, List<Place> places) {
        Batch batch = null;
        long deadlineNanos = 0;
        Map<Call, BatchEntry<T>> again = new LinkedHashMap<>();
        for (BatchEntry<T> entry : entries) {
            Key key = world.subject().key(entry.row());
            Call call = single.call(kind, key, world.text(key), entry, context.deadline());
            deadlineNanos = call.deadlineNanos;
            Call earlier = earlier(call, key);
            if (!entry.deadline().equals(context.deadline())) {
                world.complain(
                        "Batches",
                        call + " says that its deadline is " + entry.deadline() + ", and its batch ends at "
                                + context.deadline());
            }
            Batch of = earlier == null ? batch : earlier.batch;
            if (batch != null && (of != batch || again.isEmpty() != (earlier == null))) {
                world.complain("Batches", call + " is in a batch with entries of another one");
            }
            batch = of == null ? new Batch() : of;
            if (earlier == null) {
                batch.add(call);
                world.began(call, entry);
            } else {
                again.put(earlier, entry);
            }
            places.add(new Place(entry, earlier == null ? call : earlier));
        }
        if (batch == null) {
            world.complain("Batches", "a batch of " + life + " has no entries");
            batch = new Batch();
        }
        if (!again.isEmpty()) {
            world.goesOn(batch, again, deadlineNanos);
        }
        return batch;
    }

    /** The same attempt in the batch of which this is a half, or null. */
    private @Nullable Call earlier(Call call, Key key) {
        Call last = world.books().last(life, key, call.generation);
        boolean same = last != null
                && last.life == life
                && last.number == call.number
                && last.cause == call.cause
                && last.result == Call.Result.FAILED;
        return last != null && same && last.batch != null && last.batch.mayGoOn(call.beganNanos) ? last : null;
    }

    private void strike(List<Place> places, Calls<T> calls) throws Exception {
        Dice dice = world.targetDice();
        FaultRates rates = world.faults();
        if (dice.chance(rates.latency())) {
            single.pause(dice, 0, 120, false);
        }
        boolean throwing = dice.chance(0.5);
        List<BatchEntry<T>> good = new ArrayList<>();
        for (Place place : places) {
            FaultyOperations.learn(place.call, place, dice);
            Outcome instead = place.decide(dice, rates);
            if (throwing && instead instanceof Outcome.Retry retry) {
                throw new IllegalStateException(place.call.name + " spoils the batch: " + retry.reason());
            }
            if (instead != null) {
                place.says(instead);
            } else if (!dice.chance(rates.error() / 4)) { // or it is left unset
                good.add(place);
            }
        }
        int first = dice.below(good.size() + 1);
        reach(calls, good.subList(0, first));
        boolean deaf = dice.chance(rates.deaf());
        if (deaf || dice.chance(rates.slow())) {
            single.pause(dice, 100, 8000, deaf);
        }
        if (dice.chance(rates.error() / 4)) {
            Thread.currentThread().interrupt(); // left behind, as careless code does
        }
        if (dice.chance(rates.error() / 2)) {
            throw new IllegalStateException("the line broke");
        }
        reach(calls, good.subList(first, good.size()));
    }

    /** A reconciler that has been stopped reaches its target no more. */
    private void reach(Calls<T> calls, List<BatchEntry<T>> entries) throws Exception {
        if (life.isOver()) {
            throw new Killed();
        }
        if (!entries.isEmpty()) {
            calls.run(List.copyOf(entries));
        }
    }

    private void end(Batch batch, List<Place> places, @Nullable Throwable failure) {
        String error = failure == null ? "left without a result" : "the batch threw: " + failure.getMessage();
        for (Place place : places) {
            place.call.learned = place.facts();
            if (place.call.result == Call.Result.RUNNING) {
                world.told(place.call, Outcome.retry(error));
            }
        }
        batch.ends(failure != null, life.boot.nanoTime());
        batch.calls().forEach(world::finish);
    }

    /** Nobody will hear of it, but for what was told to a reconciler that gave it up. */
    private void lose(Batch batch) {
        long now = life.boot.nanoTime();
        for (Call call : batch.calls()) {
            boolean taken = call.toldNanos < call.deadlineNanos && (call.isAbandoned(now) || !life.boot.isDead());
            if (taken) {
                world.finish(call);
            } else {
                world.lost(call);
            }
        }
    }

    /** An entry, and what can happen to it. */
    private final class Place extends ForwardingContext implements BatchEntry<T> {
        private final BatchEntry<T> entry;
        private final Call call;
        private boolean losesAnswer;

        Place(BatchEntry<T> entry, Call call) {
            super(entry);
            this.entry = entry;
            this.call = call;
        }

        /** What it comes to without the target; null when the target is to say. */
        @Nullable
        Outcome decide(Dice dice, FaultRates rates) {
            double left = dice.chance(world.badness(call.name)) ? 0 : dice.below(1_000_000) / 1e6;
            left -= rates.error();
            if (left < 0) {
                return dice.chance(0.3) ? Outcome.retry("busy", dice.millis(1, 3000)) : Outcome.retry("no route");
            }
            left -= rates.permanent();
            if (left < 0) {
                return Outcome.permanent("no such thing");
            }
            left -= rates.blocked();
            if (left < 0) {
                return single.blocked(call, dice);
            }
            losesAnswer = left - rates.lostAnswer() < 0;
            return null;
        }

        /** Past the target. */
        void says(Outcome outcome) {
            entry.result(outcome);
            world.told(call, outcome);
        }

        @Override
        public T row() {
            return entry.row();
        }

        @Override
        public void result(Outcome outcome) {
            says(losesAnswer ? Outcome.retry("the answer was lost") : outcome);
        }
    }
}
