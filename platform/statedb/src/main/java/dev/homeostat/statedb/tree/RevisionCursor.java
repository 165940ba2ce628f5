package dev.homeostat.statedb.tree;

import org.jspecify.annotations.Nullable;

/** Goes through a {@link RevisionVector} in the order of the revisions. Used by one thread. */
public final class RevisionCursor {
    private static final @Nullable Object[] NO_PLACES = {};

    private final RevisionVector vector;
    private final long to;
    private @Nullable Object[] places = NO_PLACES;
    private int position;
    private long base;
    private boolean ended;

    /** What is stored at revisions from {@code from} to {@code to}, both included. */
    public RevisionCursor(RevisionVector vector, long from, long to) {
        this.vector = vector;
        this.to = to;
        jump(from);
    }

    /** The next thing, or null at the end. */
    public @Nullable Object next() {
        while (true) {
            while (position < places.length) {
                Object value = places[position++];
                if (value != null) {
                    if (revision() > to) {
                        end();
                        return null;
                    }
                    return value;
                }
            }
            if (ended) {
                return null;
            }
            jump(base + 64);
        }
    }

    /** The revision of what {@link #next} gave. */
    public long revision() {
        return base + position - 1;
    }

    private void jump(long from) {
        long found = from > to ? -1 : vector.ceiling(from);
        @Nullable Object @Nullable [] block = found < 0 ? null : vector.blockOf(found);
        if (block == null) {
            end();
        } else {
            places = block;
            base = found & ~63L;
            position = (int) found & 63;
        }
    }

    private void end() {
        ended = true;
        places = NO_PLACES;
    }
}
