package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.watch.Watched;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The initializers of a table, as of one snapshot. Immutable; watched as a whole. */
final class Conditions extends Watched {
    private final Set<String> known;
    private final SortedSet<String> pending;

    private Conditions(Set<String> known, SortedSet<String> pending) {
        this.known = known;
        this.pending = pending;
    }

    static Conditions of(Collection<String> names) {
        return new Conditions(Set.copyOf(names), Collections.unmodifiableSortedSet(new TreeSet<>(names)));
    }

    /** Some are done already. */
    static Conditions of(Collection<String> done, Collection<String> pending) {
        Set<String> known = new TreeSet<>(done);
        known.addAll(pending);
        return new Conditions(Set.copyOf(known), Collections.unmodifiableSortedSet(new TreeSet<>(pending)));
    }

    boolean initialized() {
        return pending.isEmpty();
    }

    SortedSet<String> pending() {
        return pending;
    }

    boolean knows(String name) {
        return known.contains(name);
    }

    Conditions with(String name) {
        Set<String> more = new TreeSet<>(known);
        more.add(name);
        SortedSet<String> open = new TreeSet<>(pending);
        open.add(name);
        return new Conditions(Set.copyOf(more), Collections.unmodifiableSortedSet(open));
    }

    Conditions without(String name) {
        SortedSet<String> open = new TreeSet<>(pending);
        open.remove(name);
        return new Conditions(known, Collections.unmodifiableSortedSet(open));
    }
}
