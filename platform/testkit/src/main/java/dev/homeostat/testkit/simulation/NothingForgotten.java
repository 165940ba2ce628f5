package dev.homeostat.testkit.simulation;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has a free slot works: no change waits while nothing hinders its operation, and no retry comes later than its longest delay allows. So nothing is
 * pending without someone going to work on it, and no slow operation holds back other rows.
 */
final class NothingForgotten extends Oracle {
    private static final long SLACK_NANOS = 5_000_000;

    /** A status is written at the latest a millisecond after its result. */
    private static final long WRITTEN_NANOS = 3_000_000;

    /** Statuses that could not be committed are again after a second; only then others see that a row is done. */
    private static final long COMMITTED_AGAIN_NANOS = 1_100_000_000;

    /** When a reconciler last had an excuse: all slots taken, or it had just begun something. */
    private final Map<Life<?>, Long> excused = new HashMap<>();

    /** The removals that the last prune of a reconciler has yet to run alone: as long as others run, it waits for them, and nothing begins. */
    private final Map<Life<?>, Set<String>> alone = new HashMap<>();

    /** All removals of a reconciler that ever had to run alone: a held prune may have been found by any of its searches. */
    private final Map<Life<?>, Set<String>> everAlone = new HashMap<>();

    /** When somebody last wanted a row checked. */
    private final Map<Life<?>, Map<Key, Long>> wanted = new HashMap<>();

    /** When somebody last wanted all rows checked. */
    private final Map<Life<?>, Long> allWanted = new HashMap<>();

    NothingForgotten(World<?> world) {
        super(world);
    }

    @Override
    void began(Call call) {
        if (call.kind == Call.Kind.REMOVAL && call.key == null) {
            alone.getOrDefault(call.life, Set.of()).remove(call.name);
        }
        excused.put(call.life, now());
    }

    @Override
    void ended(Call call) {
        if (call.kind == Call.Kind.SEARCH) {
            alone.put(call.life, call.isDone(now()) ? new HashSet<>(call.keyless) : new HashSet<>());
            everAlone.computeIfAbsent(call.life, _ -> new HashSet<>()).addAll(call.keyless);
        }
        excused.put(call.life, now());
    }

    @Override
    void refreshed(Life<?> life, @Nullable Key key) {
        if (key == null) {
            allWanted.put(life, now());
        } else {
            wanted.computeIfAbsent(life, _ -> new HashMap<>()).put(key, now());
        }
    }

    @Override
    void confirmed(Life<?> life) {
        life.reconciler().heldPrune().ifPresent(held -> {
            Set<String> names = new HashSet<>(held.removals());
            names.retainAll(everAlone.getOrDefault(life, Set.of()));
            alone.put(life, names);
        });
    }

    @Override
    void idle() {
        for (Life<?> life : world.lives()) {
            if (life.isAlive() && isFree(life)) {
                look(life);
            }
        }
    }

    private boolean isFree(Life<?> life) {
        Set<Object> slots = new HashSet<>();
        boolean removesAlone = false;
        for (Call call : world.books().running(life)) {
            if (!call.isAbandoned(now())) {
                slots.add(call.slot());
                removesAlone |= call.kind == Call.Kind.REMOVAL && call.key == null;
            }
        }
        long taken = removesAlone ? Integer.MAX_VALUE : slots.size();
        boolean waitsToBeAlone = taken > 0
                && !alone.getOrDefault(life, Set.of()).isEmpty()
                && life.reconciler().pruneState().equals("runs");
        if (life.options().mode() != Mode.APPLY
                || waitsToBeAlone
                || taken >= life.options().concurrency()) {
            excused.put(life, now());
            return false;
        }
        long since = Math.max(excused.getOrDefault(life, life.startedNanos), life.optionsSinceNanos());
        for (Call call : world.books().running(life)) {
            since = Math.max(since, call.isAbandoned(now()) ? call.deadlineNanos : since);
        }
        return now() - since > slack(life);
    }

    /** In that time it begins a new round twice. */
    private static long slack(Life<?> life) {
        Options options = life.options();
        return SLACK_NANOS + (long) (2e9 / options.roundRate());
    }

    private void look(Life<?> life) {
        for (int number = 0; number < world.scenario().rows(); number++) {
            Key key = world.key(number);
            Books.Change change = world.books().newest(life.boot, key);
            boolean busy = world.books().running(life).stream().anyMatch(call -> call.isOn(key));
            boolean paused = life.wasPausedSince(key, now() - slack(life));
            if (change != null && !busy && !paused && now() - change.nanos() > slack(life)) {
                look(life, key, change);
            }
        }
    }

    /**
     * Whether it may have a place in a batch behind the deletes that run: then there was something to do about the row when these began, and nothing has changed since. But when these have
     * taken long, what is behind them goes to the slot that is free.
     */
    private boolean mayBeBehindDeletes(Life<?> life, Books.Change change, long sinceNanos) {
        return change.row()
                && world.books().running(life).stream()
                        .anyMatch(call -> call.batch != null
                                && call.kind == Call.Kind.DELETE
                                && sinceNanos <= call.beganNanos
                                && now() - call.beganNanos <= call.patienceNanos() + slack(life));
    }

    private void look(Life<?> life, Key key, Books.Change change) {
        Call last = world.books().last(life, key, change.revision());
        String text = world.text(key) + "@" + change.revision();
        boolean lost = last != null && last.result == Call.Result.LOST;
        if (mayBeBehindDeletes(life, change, last == null || lost ? change.nanos() : last.overNanos())) {
            return;
        }
        if (last == null || lost) {
            if (change.row() || mustDelete(life, key, change)) {
                complain(() -> (change.row() ? "row " : "the delete of ") + text + " waits since "
                        + millis(now() - change.nanos()) + " and " + life
                        + " has a free slot and does nothing; it says: "
                        + explanation(life, key));
            }
        } else if (last.isDone(now()) && change.row() && last.life == life) {
            mustBeChecked(life, key, last);
        } else if (last.isBlocked(now())) {
            mustSleep(life, last);
        } else if (last.hasFailed(now()) && !last.isPermanent(now()) && last.life == life) {
            long due = last.overNanos() + BackoffObeyed.longestDelay(last, life.optionsSince(last.overNanos()));
            if (now() - due > slack(life)) {
                complain(() -> "the retry of " + text + " should have come " + millis(now() - due) + " ago, and " + life
                        + " has a free slot and does nothing; it says: " + explanation(life, key));
            }
        }
    }

    /** Who wants one row checked that is done gets that at once, whatever the rate of refreshes, if there is a slot for checks; who wants all checked, as soon as that allows, if nothing else is to be done. */
    private void mustBeChecked(Life<?> life, Key key, Call done) {
        long one = wanted.getOrDefault(life, Map.of()).getOrDefault(key, -1L);
        long all = allWanted.getOrDefault(life, -1L);
        boolean late = done.overNanos() < one && now() - one > slack(life) && hasASlotForChecks(life);
        long turn = slack(life) + (long) (2e9 / life.options().refreshRate());
        boolean rests = world.books().running(life).isEmpty()
                && now() - Math.max(all, excused.getOrDefault(life, all)) > turn
                && now() - life.optionsSinceNanos() > turn;
        boolean known =
                done.overNanos() < all - WRITTEN_NANOS && !world.commitsFailedSince(all - COMMITTED_AGAIN_NANOS);
        if (late || (rests && known)) {
            long since = late ? one : all;
            complain(() -> "somebody wanted " + world.text(key) + " checked " + millis(now() - since) + " ago, and "
                    + life + " has a free slot and does nothing; it says: " + explanation(life, key));
        }
    }

    /** Checks leave a slot for changes, if there is more than one. */
    private boolean hasASlotForChecks(Life<?> life) {
        long taken = world.books().running(life).stream()
                .filter(call -> !call.isAbandoned(now()))
                .map(Call::slot)
                .distinct()
                .count();
        return life.options().concurrency() == 1 || taken < life.options().concurrency() - 1;
    }

    /** What it is blocked on has neither changed since nor been done. */
    private void mustSleep(Life<?> life, Call blocked) {
        Key other = blocked.blockedOn;
        Books.Change change = other == null ? null : world.books().newest(life.boot, other);
        if (blocked.life != life || other == null || change == null) {
            return;
        }
        Call done = world.books().last(life, other, change.revision());
        boolean isDone = done != null
                && done.kind == Call.Kind.UPDATE
                && done.cause == Cause.CHANGE
                && done.isDone(now())
                && done.overNanos() > blocked.overNanos()
                && now() - done.overNanos() > slack(life)
                && !world.commitsFailedSince(now() - COMMITTED_AGAIN_NANOS);
        boolean changed = !cameAndWent(life, other, blocked.overNanos())
                && change.nanos() > blocked.overNanos()
                && now() - change.nanos() > slack(life);
        if (changed || isDone) {
            complain(() -> blocked + " is blocked on " + world.text(other) + ", which has since "
                    + (changed ? "changed" : "been done") + ", and nobody woke it; " + life + " says: "
                    + explanation(life, requireNonNull(blocked.key)));
        }
    }

    /**
     * Whether the row was not there, came, if at all, and was deleted at the very same instant: nobody could look in between, so it is to all as it was when the attempt was blocked, and that is what
     * decides on a wake-up (as in A22, where such a row is seen as deleted and never as created).
     */
    private boolean cameAndWent(Life<?> life, Key other, long sinceNanos) {
        boolean gone = !world.books().wasThere(life.boot, other, sinceNanos);
        long cameNanos = 0;
        for (Books.Change change : world.books().since(life.boot, other, sinceNanos)) {
            if (gone && change.row()) {
                gone = false;
                cameNanos = change.nanos();
            } else if (!change.row()) {
                gone = change.nanos() == cameNanos;
            }
        }
        return gone;
    }

    /** Whether that reconciler has worked on an earlier generation of the row in this process, and was at work when the row was deleted. */
    private boolean mustDelete(Life<?> life, Key key, Books.Change change) {
        boolean before = change.revision() <= life.startedRevision;
        if ((before && world.scenario().commitFailures()) || !world.books().wasAtWork(life, change)) {
            return false;
        }
        for (Call call : world.books().of(life.name, key)) {
            if (call.life.boot == life.boot && call.isOnARow() && call.generation < change.revision()) {
                return true;
            }
        }
        return false;
    }

    static String explanation(Life<?> life, Key key) {
        return life.reconciler().explain(key).map(Object::toString).orElse("nothing");
    }
}
