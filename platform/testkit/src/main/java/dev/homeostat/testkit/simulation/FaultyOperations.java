package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.ForwardingContext;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The operations of one reconciler in one of its lives, written into the books, with what can happen to them on the way to the target. */
final class FaultyOperations<T> implements Operations<T> {
    private final World<T> world;
    private final Life<T> life;
    private final Operations<T> operations;

    FaultyOperations(World<T> world, Life<T> life, Operations<T> operations) {
        this.world = world;
        this.life = life;
        this.operations = operations;
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        Key key = key(row);
        return perform(
                call(Call.Kind.UPDATE, key, text(key), context, context.deadline()),
                context,
                () -> operations.update(context, row));
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        Key key = key(row);
        return perform(
                call(Call.Kind.DELETE, key, text(key), context, context.deadline()),
                context,
                () -> operations.delete(context, row));
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        Call call = call(Call.Kind.SEARCH, null, "", context, context.deadline());
        Outcome outcome = perform(call, context, () -> {
            operations.prune(new Registering(call, context), desired);
            return Outcome.done();
        });
        throwUnlessDone(outcome);
    }

    private void remove(String name, @Nullable Key key, PruneContext.Removal action, OperationContext context)
            throws Exception {
        Outcome outcome = perform(call(Call.Kind.REMOVAL, key, name, context, context.deadline()), context, () -> {
            action.run(context);
            return Outcome.done();
        });
        throwUnlessDone(outcome);
    }

    private Outcome perform(Call call, OperationContext context, Callable<Outcome> action) throws Exception {
        world.began(call, context);
        try {
            Outcome outcome = strike(call, context, action);
            call.learned = context.facts();
            world.ended(call, outcome);
            return outcome;
        } catch (Killed killed) {
            world.lost(call);
            throw killed;
        } catch (Throwable t) {
            if (life.boot.isDead()) {
                world.lost(call);
                throw new Killed();
            }
            call.learned = context.facts();
            world.ended(call, Outcome.retry(t.getClass().getSimpleName() + ": " + t.getMessage()));
            throw t;
        }
    }

    private Outcome strike(Call call, OperationContext context, Callable<Outcome> action) throws Exception {
        Dice dice = world.targetDice();
        FaultRates rates = world.faults();
        learn(call, context, dice);
        if (dice.chance(rates.latency())) {
            pause(dice, 0, 120, false);
        }
        double left = dice.chance(world.badness(call.name)) ? 0 : dice.below(1_000_000) / 1e6;
        left -= rates.error();
        if (left < 0) {
            return error(dice);
        }
        left -= rates.permanent();
        if (left < 0) {
            return call.isOnARow() ? Outcome.permanent("no such thing") : error(dice);
        }
        left -= rates.blocked();
        if (left < 0) {
            return blocked(call, dice);
        }
        left -= rates.lostAnswer();
        if (left < 0) {
            affect(action);
            return Outcome.retry("the answer was lost");
        }
        left -= rates.slow();
        if (left < 0) {
            pause(dice, 100, 8000, false);
        } else if (left - rates.deaf() < 0) {
            pause(dice, 100, 8000, true);
        }
        Outcome outcome = affect(action);
        if (dice.chance(rates.latency() / 4)) {
            pause(dice, 0, 60, dice.chance(0.5));
        }
        if (dice.chance(rates.error() / 4)) {
            Thread.currentThread().interrupt(); // left behind, as careless code does
        }
        return outcome;
    }

    static void learn(Call call, OperationContext context, Dice dice) {
        if (call.isOnARow() && dice.chance(0.2)) {
            context.learn("seen", call.generation + "#" + call.number);
        }
    }

    private static Outcome error(Dice dice) {
        return switch (dice.below(4)) {
            case 0 -> throw new IllegalStateException("no route");
            case 1 -> Outcome.retry("busy", dice.millis(1, 3000));
            default -> Outcome.retry("no route");
        };
    }

    Outcome blocked(Call call, Dice dice) {
        Key other = world.key(dice.below(world.scenario().rows()));
        if (!call.isOnARow() || call.isOn(other)) {
            return error(dice);
        }
        call.blockedOn = other;
        return Outcome.blocked(world.subject().spec().name(), other, world.text(other) + " must come first");
    }

    /** A reconciler that has been stopped reaches its target no more. */
    private Outcome affect(Callable<Outcome> action) throws Exception {
        if (life.isOver()) {
            throw new Killed();
        }
        return action.call();
    }

    /** Never a whole number of milliseconds, so that nothing ends at the very instant of a deadline. */
    void pause(Dice dice, int least, int most, boolean deaf) throws InterruptedException {
        life.boot.pause(dice.millis(least, most).plusNanos(dice.between(1_000, 900_000)), deaf);
    }

    /** Its place in the books. */
    Call call(Call.Kind kind, @Nullable Key key, String name, OperationContext context, Instant deadline) {
        if (life.isOver()) {
            throw new Killed();
        }
        long now = life.boot.nanoTime();
        Duration left = Duration.between(life.boot.instant(), deadline);
        return new Call(
                life,
                kind,
                key,
                name,
                context.generation(),
                context.attempt(),
                context.cause(),
                Map.copyOf(context.facts()),
                now,
                now + left.toNanos());
    }

    private Key key(T row) {
        return world.subject().key(row);
    }

    private String text(Key key) {
        return world.text(key);
    }

    private static void throwUnlessDone(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    /** Wraps each removal that is registered, so that it is in the books when it runs. */
    private final class Registering extends ForwardingContext implements PruneContext {
        private final Call call;
        private final PruneContext context;

        Registering(Call call, PruneContext context) {
            super(context);
            this.call = call;
            this.context = context;
        }

        @Override
        public void remove(String name, Key rowKey, Removal action) {
            call.registered++;
            context.remove(name, rowKey, during -> FaultyOperations.this.remove(name, rowKey, action, during));
        }

        @Override
        public void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action) {
            call.registered++;
            call.keyless.add(name);
            context.remove(name, stillUndesired, during -> FaultyOperations.this.remove(name, null, action, during));
        }
    }
}
