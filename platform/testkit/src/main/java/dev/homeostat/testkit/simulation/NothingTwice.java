package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounded work: each operation has a reason of its own. For a change there is one, and another after a restart if its result was not written; for each failure
 * one retry; for a refresh a done row of the refresh interval's age, or one that was done when somebody wanted it checked, once each time; for each time that somebody asks one by hand; and a prune when one is due or asked for.
 */
final class NothingTwice extends Oracle {
    private static final long WRITTEN_NANOS = 2_000_000;

    private final Map<Life<?>, Map<Key, Integer>> asked = new HashMap<>();
    private final Map<Life<?>, Map<Key, Integer>> wanted = new HashMap<>();

    /** When somebody last wanted all rows checked. */
    private final Map<Life<?>, Long> allWanted = new HashMap<>();

    private final Set<Life<?>> plansEnded = new HashSet<>();
    private final Set<Life<?>> plansBegun = new HashSet<>();
    private final Map<Life<?>, Integer> prunesAsked = new HashMap<>();

    NothingTwice(World<?> world) {
        super(world);
    }

    /** Somebody wants an attempt at that key. */
    void asked(Life<?> life, Key key) {
        asked.computeIfAbsent(life, _ -> new HashMap<>()).merge(key, 1, Integer::sum);
    }

    @Override
    void refreshed(Life<?> life, @Nullable Key key) {
        if (key == null) {
            allWanted.put(life, now());
        } else {
            wanted.computeIfAbsent(life, _ -> new HashMap<>()).merge(key, 1, Integer::sum);
        }
    }

    /** Somebody wants a prune. */
    void pruneAsked(Life<?> life) {
        prunesAsked.merge(life, 1, Integer::sum);
    }

    /** What a prune would remove is to be in the plan: one searches at once. */
    void planBegins(Life<?> life) {
        plansBegun.add(life);
    }

    /** What is planned may be done now: a prune searches again. */
    void planEnds(Life<?> life) {
        plansEnded.add(life);
    }

    @Override
    void began(Call call) {
        Key key = call.key;
        if (call.kind == Call.Kind.SEARCH) {
            search(call);
        } else if (call.isOnARow() && key != null) {
            Call before = world.books().last(call.life, key, call.generation);
            switch (call.cause) {
                case CHANGE -> change(call, before);
                case REFRESH -> refresh(call, key, before);
                case MANUAL -> manual(call, key);
                case RETRY, PRUNE -> {}
            }
        }
    }

    private void change(Call call, @Nullable Call before) {
        if (before == null || before.result == Call.Result.LOST) {
            return;
        }
        if (wasSuperseded(before) || before.cause == Cause.MANUAL) {
            return; // its result left no status; or it was done by hand before anybody came to the change itself
        }
        boolean sameLife = before.life == call.life;
        boolean written = before.overNanos() + WRITTEN_NANOS < before.life.stoppingSince()
                && !world.commitsFailedSince(before.overNanos())
                && before.isDone(before.overNanos());
        if (sameLife || written) {
            complain(() -> call + " has no reason: " + before + " came to " + before.result + ", and nothing changed");
        }
    }

    private boolean wasSuperseded(Call before) {
        Key key = before.key;
        Books.Change newer = key == null ? null : world.books().after(before.life.boot, key, before.generation);
        return newer != null && newer.nanos() <= before.overNanos();
    }

    private void refresh(Call call, Key key, @Nullable Call before) {
        if (before == null || before.life != call.life) {
            return; // an earlier life was told to stop while it checked the row
        }
        if (before.overNanos() <= allWanted.getOrDefault(call.life, Long.MIN_VALUE)) {
            return;
        }
        Map<Key, Integer> ofLife = wanted.getOrDefault(call.life, Map.of());
        int left = ofLife.getOrDefault(key, 0);
        if (left > 0) {
            ofLife.put(key, left - 1);
            return;
        }
        Duration interval = call.life.allOptions().stream()
                .map(Options::refreshInterval)
                .filter(each -> each != null)
                .min(Duration::compareTo)
                .orElse(null);
        if (interval == null) {
            complain(() -> call + " is a refresh, and there are none");
        } else if (before.isDone(now()) && now() - before.overNanos() < interval.toNanos()) {
            complain(() -> call + " comes " + millis(now() - before.overNanos()) + " after " + before
                    + ", and the refresh interval is " + interval);
        }
    }

    private void manual(Call call, Key key) {
        int left = asked.getOrDefault(call.life, Map.of()).getOrDefault(key, 0);
        if (left == 0) {
            complain(() -> call + " is by hand, and nobody asked for it");
        } else {
            asked.computeIfAbsent(call.life, _ -> new HashMap<>()).put(key, left - 1);
        }
    }

    private void search(Call call) {
        int left = prunesAsked.getOrDefault(call.life, 0);
        if (call.cause == Cause.MANUAL) {
            if (left == 0) {
                complain(() -> call + " is by hand, and nobody asked for it");
            }
            prunesAsked.put(call.life, left - 1);
            return;
        }
        if (plansEnded.remove(call.life)) {
            return;
        }
        if (call.life.options().mode() == Mode.PLAN && plansBegun.remove(call.life)) {
            return;
        }
        Duration interval = call.life.allOptions().stream()
                .map(Options::pruneInterval)
                .filter(each -> each != null)
                .min(Duration::compareTo)
                .orElse(null);
        if (interval == null) {
            complain(() -> call + " is by the clock, and prunes are on demand only");
            return;
        }
        Call before = null;
        for (Call other : world.books().of(call.life)) {
            before = other.kind == Call.Kind.SEARCH ? other : before;
        }
        Call last = before;
        if (last != null && now() - last.overNanos() < interval.toNanos()) {
            complain(() -> "a prune comes " + millis(now() - last.overNanos()) + " after one, and the interval is "
                    + interval);
        }
    }
}
