package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the leaves of a {@link ByteTrie} in the order of their keys: all, those under a prefix, or a range. Used by one thread. */
public final class ByteCursor implements ByteLeaves {
    private static final @Nullable Watched[] NO_PLACES = {};

    private final byte @Nullable [] to;
    private @Nullable Watched[][] pending = new Watched[4][];
    private int[] positions = new int[4];
    private int depth = -1;
    private @Nullable Watched[] places = NO_PLACES;
    private int position;
    private @Nullable ByteLeaf ending;

    private ByteCursor(byte @Nullable [] to) {
        this.to = to;
    }

    /** All leaves. */
    public static ByteCursor all(ByteNode root) {
        ByteCursor cursor = new ByteCursor(null);
        cursor.open(root);
        return cursor;
    }

    /** The leaf with that key, if there is one. */
    public static ByteCursor exact(ByteNode root, byte[] key) {
        ByteCursor cursor = new ByteCursor(null);
        cursor.ending = ByteTrie.find(root, key);
        return cursor;
    }

    /** The leaves whose keys begin with that prefix. */
    public static ByteCursor prefix(ByteNode root, byte[] prefix) {
        ByteCursor cursor = new ByteCursor(null);
        ByteNode node = root;
        while (node.depth < prefix.length) {
            Watched child = node.child(prefix[node.depth] & 0xff);
            if (!(child instanceof ByteNode lower)) {
                if (child instanceof ByteLeaf leaf && Bytes.startsWith(leaf.key, prefix)) {
                    cursor.ending = leaf;
                }
                return cursor;
            }
            int limit = Math.min(prefix.length, lower.depth);
            if (ByteTrie.common(prefix, lower.sample, node.depth, limit) < limit) {
                return cursor;
            }
            node = lower;
        }
        cursor.open(node);
        return cursor;
    }

    /** The leaves with keys from {@code from}, included, to {@code to}, not included; to the end when that is null. */
    public static ByteCursor range(ByteNode root, byte[] from, byte @Nullable [] to) {
        ByteCursor cursor = new ByteCursor(to);
        cursor.seek(root, from);
        return cursor;
    }

    @Override
    public @Nullable ByteLeaf next() {
        while (true) {
            if (ending != null) {
                ByteLeaf leaf = ending;
                ending = null;
                return within(leaf);
            }
            while (position < places.length) {
                Watched part = places[position++];
                if (part instanceof ByteLeaf leaf) {
                    return within(leaf);
                }
                if (part instanceof ByteNode node) {
                    enter(node);
                    if (ending != null) {
                        break;
                    }
                }
            }
            if (ending == null) {
                if (depth < 0) {
                    return null;
                }
                places = pending[depth];
                position = positions[depth--];
            }
        }
    }

    private @Nullable ByteLeaf within(ByteLeaf leaf) {
        if (to == null || Arrays.compareUnsigned(leaf.key, to) < 0) {
            return leaf;
        }
        places = NO_PLACES;
        position = 0;
        depth = -1;
        return null;
    }

    private void seek(ByteNode root, byte[] from) {
        open(root);
        ByteNode node = root;
        while (from.length > node.depth) {
            ending = null;
            int digit = from[node.depth] & 0xff;
            position = node.place(digit);
            Watched child = node.child(digit);
            if (!(child instanceof ByteNode lower)) {
                if (child instanceof ByteLeaf leaf && Arrays.compareUnsigned(leaf.key, from) < 0) {
                    position++;
                }
                return;
            }
            int common = ByteTrie.common(from, lower.sample, node.depth, lower.depth);
            if (common < lower.depth) {
                if (common < from.length && (lower.sample[common] & 0xff) < (from[common] & 0xff)) {
                    position++;
                }
                return;
            }
            position++;
            enter(lower);
            node = lower;
        }
    }

    private void open(ByteNode node) {
        places = node.places();
        position = 0;
        ending = node.ending();
    }

    private void enter(ByteNode node) {
        if (++depth == pending.length) {
            pending = Arrays.copyOf(pending, depth * 2);
            positions = Arrays.copyOf(positions, depth * 2);
        }
        pending[depth] = places;
        positions[depth] = position;
        open(node);
    }
}
