package dev.homeostat.api.flow;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The books of a derivation: what each row gives, and who gives each derived row. Knows no table.
 *
 * <p>Every change can be undone by putting back what {@link #replace} gave, in reverse order.
 */
final class Claims<O> {
    private final Map<Key, Map<Key, O>> given = new HashMap<>();
    private final Map<Key, Claim<O>> claims = new HashMap<>();
    private final SortedSet<Key> disputed = new TreeSet<>();
    private final BiPredicate<O, O> same;
    private long sharings;

    /** @param same whether two forms of one derived row ask for the same; may throw */
    Claims(BiPredicate<O, O> same) {
        this.same = same;
    }

    /**
     * Sets what a row gives.
     *
     * @param rows by their keys; empty for nothing
     * @param touched takes the keys of derived rows that may be others now
     * @return what it gave before
     */
    Map<Key, O> replace(Key row, Map<Key, O> rows, Set<Key> touched) {
        Map<Key, O> before = given(row);
        for (Key key : before.keySet()) {
            if (!rows.containsKey(key)) {
                withdraw(key, row);
                touched.add(key);
            }
        }
        rows.forEach((key, form) -> {
            claim(key, row, form);
            touched.add(key);
        });
        if (rows.isEmpty()) {
            given.remove(row);
        } else {
            given.put(row, rows);
        }
        return before;
    }

    /** What a row gives. */
    Map<Key, O> given(Key row) {
        return given.getOrDefault(row, Map.of());
    }

    /** Whether some row gives that derived row. */
    boolean claimed(Key key) {
        return claims.containsKey(key);
    }

    /** The key of the row whose form of that derived row counts; there must be one. */
    Key winner(Key key) {
        return requireNonNull(claims.get(key)).winner();
    }

    /** The derived row of that key, or null. */
    @Nullable
    O row(Key key) {
        Claim<O> claim = claims.get(key);
        return claim == null ? null : given(claim.winner()).get(key);
    }

    /** Grows with every change to a derived row that several rows give: as long as it stays, so do the conflicts. */
    long sharings() {
        return sharings;
    }

    /** The derived rows that are given in different forms, in the order of their keys. */
    List<Derivation.Conflict> conflicts() {
        List<Derivation.Conflict> conflicts = new ArrayList<>(disputed.size());
        for (Key key : disputed) {
            if (claims.get(key) instanceof Claim.Shared<O> shared) {
                List<Key> others = new ArrayList<>(shared.size());
                shared.rows().forEach(others::add);
                conflicts.add(new Derivation.Conflict(key, others.removeFirst(), others));
            }
        }
        return conflicts;
    }

    private void claim(Key key, Key row, O form) {
        Claim<O> present = claims.get(key);
        if (present == null) {
            claims.put(key, new Claim.Sole<>(row));
        } else if (present instanceof Claim.Shared<O> shared) {
            shared.put(row, form);
            dispute(key, shared.disputed());
        } else if (!present.winner().equals(row)) {
            Claim.Shared<O> shared = new Claim.Shared<>(this::same);
            shared.put(present.winner(), requireNonNull(given(present.winner()).get(key)));
            shared.put(row, form);
            claims.put(key, shared);
            dispute(key, shared.disputed());
        }
    }

    private void withdraw(Key key, Key row) {
        if (claims.get(key) instanceof Claim.Shared<O> shared) {
            shared.remove(row);
            dispute(key, shared.disputed());
            if (shared.size() == 1) {
                claims.put(key, new Claim.Sole<>(shared.winner()));
            }
        } else {
            claims.remove(key);
        }
    }

    private void dispute(Key key, boolean now) {
        sharings++;
        if (now) {
            disputed.add(key);
        } else {
            disputed.remove(key);
        }
    }

    /** Whoever cannot be compared differs: the books must not break on it. */
    private boolean same(O one, O other) {
        try {
            return same.test(one, other);
        } catch (RuntimeException e) {
            return false;
        }
    }
}
