package dev.homeostat.statedb.model;

import dev.homeostat.api.db.RWTable;
import java.util.ArrayList;
import java.util.List;

/** One life of a table, from its creation to its removal, with those who follow it. */
final class Life {
    private final RWTable<Item> stored;
    private final RWTable<Item> table;
    private final List<Follower> followers = new ArrayList<>();
    private boolean forgotten;
    private boolean removed;

    /** The table as the database made it, and as the test sees it: where a fault is planted, they differ. */
    Life(RWTable<Item> stored, RWTable<Item> table) {
        this.stored = stored;
        this.table = table;
    }

    /** For locking and removing. */
    RWTable<Item> stored() {
        return stored;
    }

    /** For everything else. */
    RWTable<Item> table() {
        return table;
    }

    List<Follower> followers() {
        return followers;
    }

    /** Lets an iterator go without closing it. */
    void forget(Follower follower) {
        followers.remove(follower);
        forgotten = true;
    }

    boolean anyForgotten() {
        return forgotten;
    }

    boolean removed() {
        return removed;
    }

    void markRemoved() {
        removed = true;
    }

    /** The revision up to which no delete needs to be kept. */
    long lowWatermark() {
        return followers.stream().mapToLong(Follower::needless).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return table.name();
    }
}
