package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, from the outside: every operation as the target saw it, and every change of the table as its writer saw it. The oracles compare with it
 * what the reconcilers say and do.
 */
final class Books {
    /**
     * A change of what is desired.
     *
     * @param row whether there is a row since
     */
    record Change(Boot<?> boot, Key key, long revision, boolean row, long nanos) {}

    private final Map<String, Map<Key, List<Call>>> callsOfKeys = new HashMap<>();
    private final Map<Life<?>, List<Call>> callsOfLives = new HashMap<>();
    private final Map<Key, List<Change>> changes = new HashMap<>();
    private final Map<String, List<Life<?>>> lives = new HashMap<>();
    private final Map<Life<?>, List<Call>> running = new HashMap<>();
    private long calls;

    void changed(Change change) {
        changes.computeIfAbsent(change.key(), _ -> new ArrayList<>()).add(change);
    }

    void began(Call call) {
        calls++;
        Key key = call.key;
        if (key != null) {
            callsOfKeys
                    .computeIfAbsent(call.life.name, _ -> new HashMap<>())
                    .computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(call);
        }
        callsOfLives.computeIfAbsent(call.life, _ -> new ArrayList<>()).add(call);
        running.computeIfAbsent(call.life, _ -> new ArrayList<>()).add(call);
    }

    /** Its batch goes on. */
    void wentOn(Call call) {
        running(call.life).add(call);
    }

    void ended(Call call) {
        running(call.life).remove(call);
    }

    long calls() {
        return calls;
    }

    /** The operations that have not ended, abandoned ones included. */
    List<Call> running(Life<?> life) {
        return running.computeIfAbsent(life, _ -> new ArrayList<>());
    }

    /** All of one life, in the order of their beginnings. */
    List<Call> of(Life<?> life) {
        return callsOfLives.getOrDefault(life, List.of());
    }

    /** All that a reconciler did to one key, removals included, in the order of their beginnings, over all of its lives. */
    List<Call> of(String reconciler, Key key) {
        return callsOfKeys.getOrDefault(reconciler, Map.of()).getOrDefault(key, List.of());
    }

    void started(Life<?> life) {
        lives.computeIfAbsent(life.name, _ -> new ArrayList<>()).add(life);
    }

    /** Whether the reconciler of that life was at work, in this life or an earlier one, when that happened: what is deleted meanwhile, only a prune removes. */
    boolean wasAtWork(Life<?> life, Change change) {
        return lives.getOrDefault(life.name, List.of()).stream()
                .anyMatch(each -> each.boot == change.boot()
                        && each.startedRevision < change.revision()
                        && change.nanos() < each.stoppingSince());
    }

    /** The newest change of that key in that process; null when there was none. */
    @Nullable
    Change newest(Boot<?> boot, Key key) {
        List<Change> all = changes.getOrDefault(key, List.of());
        return all.isEmpty() || all.getLast().boot() != boot ? null : all.getLast();
    }

    /** Whether there was a row of that key in that process at that time. */
    boolean wasThere(Boot<?> boot, Key key, long nanos) {
        boolean there = false;
        for (Change change : changes.getOrDefault(key, List.of())) {
            there = (change.boot() == boot && change.nanos() <= nanos) ? change.row() : there;
        }
        return there;
    }

    /** The changes of that key in that process after that time, in the order of their revisions. */
    List<Change> since(Boot<?> boot, Key key, long nanos) {
        return changes.getOrDefault(key, List.of()).stream()
                .filter(change -> change.boot() == boot && change.nanos() > nanos)
                .toList();
    }

    /** The first change of that key after that revision, or null. */
    @Nullable
    Change after(Boot<?> boot, Key key, long revision) {
        for (Change change : changes.getOrDefault(key, List.of())) {
            if (change.boot() == boot && change.revision() > revision) {
                return change;
            }
        }
        return null;
    }

    /** The last operation on the row of that key, at that generation, in that process; null when there was none. */
    @Nullable
    Call last(Life<?> life, Key key, long generation) {
        List<Call> all = of(life.name, key);
        for (int i = all.size() - 1; i >= 0; i--) {
            Call call = all.get(i);
            if (call.life.boot != life.boot) {
                return null;
            }
            if (call.isOnARow() && call.generation == generation) {
                return call;
            }
        }
        return null;
    }
}
