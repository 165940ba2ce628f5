package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The right of one writer to change nodes in place, and the list of what it replaced.
 *
 * <p>Every node carries the number of the edit that made it. A node with this edit's number has been seen by nobody else, and is changed in place; any other
 * is copied. {@link #freeze} takes a new number, so that what was made until then may be shown. If a node has the edit's number, so have all nodes above it.
 * Used by one thread at a time.
 */
public final class Edit {
    private static final AtomicLong OWNERS = new AtomicLong();

    private long owner = OWNERS.incrementAndGet();
    private @Nullable Watched[] replaced = new Watched[8];
    private int size;

    /** A new edit, which owns nothing yet. */
    public Edit() {}

    /** The number that marks what may be changed in place. */
    public long owner() {
        return owner;
    }

    /** Gives up what was made so far: from now on it is copied like anything else. */
    public void freeze() {
        owner = OWNERS.incrementAndGet();
    }

    /** Remembers something whose place something else has taken. */
    public void replaced(Watched part) {
        if (size == replaced.length) {
            replaced = Arrays.copyOf(replaced, size * 2);
        }
        replaced[size++] = part;
    }

    /** Closes the watches of all that was replaced; after the new state is visible. */
    public void closeReplaced() {
        for (int i = 0; i < size; i++) {
            Watched part = replaced[i];
            if (part != null) {
                part.close();
            }
        }
        size = 0;
    }
}
