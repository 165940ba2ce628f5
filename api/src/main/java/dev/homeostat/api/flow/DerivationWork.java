package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.WriteTxn;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a derivation does with the changes that it takes: derives their rows, then writes the differences.
 *
 * <h2>All or nothing, for each row</h2>
 *
 * What a row gives is adopted as a whole, or not at all. A write transaction has no way back to its middle, so an attempt that the table refuses in part is aborted,
 * and made again without the rows whose fault it was; the books go back with it. Each time there is at least one row less, so that it ends. What was refused is
 * kept, and attempted by itself after everything else, since what stood in its way may be gone.
 *
 * <p>Used by one thread at a time.
 */
final class DerivationWork<I, O> {
    private final Database database;
    private final DerivedTable<O> out;
    private final Function<? super I, ? extends Collection<? extends O>> function;
    private final DerivationReport report;
    private final Function<WriteTxn, @Nullable ReadTxn> commit;

    private final Claims<O> claims;
    /** What was derived and not attempted yet, by the rows that give it. */
    private final Map<Key, Map<Key, O>> backlog = new LinkedHashMap<>();
    /** The rows whose newest form the function failed for. */
    private final Set<Key> underived = new HashSet<>();
    /** What was derived and refused, by the rows that give it. */
    private final Map<Key, Map<Key, O>> refused = new HashMap<>();
    /** Whether the derived table was complete once: then nothing in it is of anybody else. */
    private boolean complete;

    /** @param commit commits, unless it must not any more; then it gives null */
    DerivationWork(
            Database database,
            DerivedTable<O> out,
            Function<? super I, ? extends Collection<? extends O>> function,
            DerivationReport report,
            Function<WriteTxn, @Nullable ReadTxn> commit) {
        this.database = database;
        this.out = out;
        this.claims = new Claims<>(out.spec()::isSameDesired);
        this.function = function;
        this.report = report;
        this.commit = commit;
    }

    /** Derives the rows of one change; what the function throws is that row's failure. */
    void derive(Change<I> change) {
        Key key = change.row().key();
        if (change instanceof Change.Delete) {
            backlog.put(key, Map.of());
            underived.remove(key);
            return;
        }
        try {
            Row<I> row = change.row();
            backlog.put(key, out.byKey(function.apply(row.value())));
            underived.remove(key);
        } catch (Throwable t) { // a stranger's function, which may throw anything
            backlog.remove(key);
            refused.remove(key);
            underived.add(key);
            report.failed(key, t);
        }
    }

    /**
     * Writes what was derived, and what was refused before.
     *
     * @param allTaken whether the followed table is initialized, and all that it had then was taken
     * @return what was committed last, or null if nothing was
     */
    @Nullable
    ReadTxn write(boolean allTaken) {
        ReadTxn last = attempt(new LinkedHashMap<>(backlog), allTaken);
        backlog.clear();
        while (!refused.isEmpty()) {
            ReadTxn next = attempt(new LinkedHashMap<>(refused), allTaken);
            if (next == null) {
                break;
            }
            last = next;
        }
        report.endOfLook(claims);
        return last;
    }

    private @Nullable ReadTxn attempt(Map<Key, Map<Key, O>> wanted, boolean allTaken) {
        Set<Key> reduced = new HashSet<>();
        while (true) {
            boolean completes = allTaken
                    && !complete
                    && reduced.isEmpty()
                    && underived.isEmpty()
                    && wanted.keySet().containsAll(refused.keySet());
            if (wanted.isEmpty() && !completes) {
                return null;
            }
            Map<Key, RuntimeException> refusals;
            Deque<Map.Entry<Key, Map<Key, O>>> undo = new ArrayDeque<>();
            boolean adopted = false;
            try (WriteTxn txn = database.writeTxn(out.table())) {
                SortedSet<Key> touched = new TreeSet<>();
                wanted.forEach((row, rows) -> undo.push(Map.entry(row, claims.replace(row, rows, touched))));
                if (completes) {
                    out.sweep(txn, claims);
                }
                refusals = out.write(txn, touched, claims, row -> wanted.containsKey(row) && !reduced.contains(row));
                if (refusals.isEmpty()) {
                    if (completes) {
                        out.complete(txn);
                    }
                    ReadTxn committed = commit.apply(txn);
                    adopted = committed != null;
                    complete |= adopted && completes;
                    return committed;
                }
                refuse(refusals, wanted, reduced);
            } finally {
                if (adopted) {
                    wanted.keySet().stream()
                            .filter(row -> !reduced.contains(row))
                            .forEach(this::succeeded);
                } else {
                    undo.forEach(before -> claims.replace(before.getKey(), before.getValue(), new HashSet<>()));
                }
            }
        }
    }

    private void succeeded(Key row) {
        refused.remove(row);
        if (!underived.contains(row)) {
            report.succeeded(row);
        }
    }

    /** Takes the rows whose fault it was out of what is wanted. The books still show the attempt. */
    private void refuse(Map<Key, RuntimeException> refusals, Map<Key, Map<Key, O>> wanted, Set<Key> reduced) {
        Set<Key> dropped = new HashSet<>();
        refusals.forEach((key, why) -> {
            Key row = claims.winner(key);
            if (dropped.contains(row)) {
                return;
            }
            if (!underived.contains(row)) {
                report.failed(row, why);
            }
            if (wanted.containsKey(row) && !reduced.contains(row)) {
                refused.put(row, requireNonNull(wanted.remove(row)));
                dropped.add(row);
            } else {
                reduce(key, row, wanted, reduced);
            }
        });
    }

    /** A row that nobody changed was to take a derived row over from another, and cannot: it goes on giving the rest. */
    private void reduce(Key key, Key row, Map<Key, Map<Key, O>> wanted, Set<Key> reduced) {
        Map<Key, O> rest = new HashMap<>(wanted.getOrDefault(row, claims.given(row)));
        refused.putIfAbsent(row, claims.given(row));
        rest.remove(key);
        wanted.put(row, Map.copyOf(rest));
        reduced.add(row);
    }
}
