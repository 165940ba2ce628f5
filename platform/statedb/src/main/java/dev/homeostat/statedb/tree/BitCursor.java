package dev.homeostat.statedb.tree;

import dev.homeostat.api.db.internal.BitKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the leaves of a {@link BitTrie} in the order of their keys: all, those that a prefix contains, a range, or one. Used by one thread. */
public final class BitCursor implements ByteLeaves {
    private final byte @Nullable [] to;
    /** The nodes to come, the next one last; each stands for all that is below it. */
    private @Nullable BitNode[] pending = new BitNode[8];

    private int size;
    private @Nullable ByteLeaf only;

    private BitCursor(byte @Nullable [] to) {
        this.to = to;
    }

    /** All leaves. */
    public static BitCursor all(BitNode root) {
        BitCursor cursor = new BitCursor(null);
        cursor.push(root);
        return cursor;
    }

    /** That leaf, if it is one. */
    public static BitCursor one(@Nullable ByteLeaf leaf) {
        BitCursor cursor = new BitCursor(null);
        cursor.only = leaf;
        return cursor;
    }

    /** The leaves whose prefixes that prefix contains, itself among them. */
    public static BitCursor prefix(BitNode root, byte[] prefix) {
        BitCursor cursor = new BitCursor(null);
        int bits = BitKeys.bits(prefix);
        cursor.push(BitTrie.below(BitTrie.deepest(root, prefix, bits), prefix, bits));
        return cursor;
    }

    /** The leaves with keys from {@code from}, included, to {@code to}, not included; to the end when that is null. */
    public static BitCursor range(BitNode root, byte[] from, byte @Nullable [] to) {
        BitCursor cursor = new BitCursor(to);
        cursor.seek(root, from);
        return cursor;
    }

    @Override
    public @Nullable ByteLeaf next() {
        if (only != null) {
            ByteLeaf leaf = only;
            only = null;
            return leaf;
        }
        while (size > 0) {
            BitNode node = pending[--size];
            if (node == null) {
                continue;
            }
            push(node.child(1));
            push(node.child(0));
            ByteLeaf ending = node.ending();
            if (ending != null) {
                return within(ending);
            }
        }
        return null;
    }

    private @Nullable ByteLeaf within(ByteLeaf leaf) {
        if (to == null || Arrays.compareUnsigned(leaf.key, to) < 0) {
            return leaf;
        }
        size = 0;
        return null;
    }

    /** Leaves out what comes before a key: the leaves on its way, which are shorter prefixes of it, and whatever parts from it towards 0. */
    private void seek(BitNode root, byte[] from) {
        int bits = BitKeys.bits(from);
        BitNode node = root;
        while (node.depth < bits) {
            int bit = BitTrie.bit(from, node.depth);
            if (bit == 0) {
                push(node.child(1));
            }
            BitNode lower = node.child(bit);
            if (lower == null) {
                return;
            }
            int common = BitTrie.common(from, lower.sample, node.depth, Math.min(bits, lower.depth));
            if (common < lower.depth) {
                if (common == bits || BitTrie.bit(lower.sample, common) == 1) {
                    push(lower);
                }
                return;
            }
            node = lower;
        }
        push(node);
    }

    private void push(@Nullable BitNode node) {
        if (node != null) {
            if (size == pending.length) {
                pending = Arrays.copyOf(pending, size * 2);
            }
            pending[size++] = node;
        }
    }
}
