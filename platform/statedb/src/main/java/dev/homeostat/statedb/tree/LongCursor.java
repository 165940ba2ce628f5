package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the leaves of a {@link LongTrie} in the order of their keys, from one key to another. Used by one thread. */
public final class LongCursor {
    private static final long ALL = -1L;

    private final long to;
    private @Nullable Watched[][] pending = new Watched[4][];
    private int[] positions = new int[4];
    private int depth = -1;
    private @Nullable Watched[] places;
    private int position;

    private LongCursor(LongNode root, long to) {
        this.to = to;
        this.places = root.places();
    }

    /** All leaves. */
    public static LongCursor all(LongNode root) {
        return new LongCursor(root, ALL);
    }

    /** The leaves with keys from {@code from} to {@code to}, both included, in the unsigned order of the trie. */
    public static LongCursor range(LongNode root, long from, long to) {
        LongCursor cursor = new LongCursor(root, to);
        cursor.seek(root, from);
        return cursor;
    }

    /** The next leaf, or null at the end. */
    public @Nullable LongLeaf next() {
        while (true) {
            while (position < places.length) {
                Watched part = places[position++];
                if (part instanceof LongNode node) {
                    enter(node.places());
                } else if (part != null) {
                    LongLeaf leaf = (LongLeaf) part;
                    return to == ALL || Long.compareUnsigned(leaf.orderedKey(), to) <= 0 ? leaf : end();
                }
            }
            if (depth < 0) {
                return null;
            }
            places = pending[depth];
            position = positions[depth--];
        }
    }

    private @Nullable LongLeaf end() {
        position = places.length;
        depth = -1;
        return null;
    }

    private void seek(LongNode root, long from) {
        LongNode node = root;
        while (true) {
            int digit = node.digit(from);
            position = node.place(digit);
            if (!(node.child(digit) instanceof LongNode lower)) {
                if (node.child(digit) instanceof LongLeaf leaf && Long.compareUnsigned(leaf.orderedKey(), from) < 0) {
                    position++;
                }
                return;
            }
            if (!lower.covers(from)) {
                if (Long.compareUnsigned(lower.path, from) < 0) {
                    position++;
                }
                return;
            }
            position++;
            enter(lower.places());
            node = lower;
        }
    }

    private void enter(@Nullable Watched[] next) {
        if (++depth == pending.length) {
            pending = Arrays.copyOf(pending, depth * 2);
            positions = Arrays.copyOf(positions, depth * 2);
        }
        pending[depth] = places;
        positions[depth] = position;
        places = next;
        position = 0;
    }
}
