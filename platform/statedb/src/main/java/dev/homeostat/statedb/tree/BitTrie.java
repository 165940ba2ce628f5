package dev.homeostat.statedb.tree;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.internal.BitKeys;
import dev.homeostat.statedb.watch.Watched;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A persistent binary trie over bit prefixes, without the levels at which all keys agree (D. R. Morrison's Patricia), which finds the longest prefix of a key.
 *
 * <p>Its keys are in the form of {@link BitKeys}, which says how many of their bits count. The root always exists and covers every key, so that also an empty
 * trie can be watched; any other node holds a leaf or two children. A search looks only at the bits at which paths part, and compares the rest once,
 * at its end. Nothing here recurses: keys may be as long as they like.
 */
public final class BitTrie {
    private static final byte[] NO_BYTES = {};

    private BitTrie() {}

    /** The root of a trie without leaves. */
    public static BitNode empty(long owner) {
        return new BitNode(owner, 0, NO_BYTES, null);
    }

    /** The leaf with that key, or null. */
    public static @Nullable ByteLeaf find(BitNode root, byte[] key) {
        int bits = BitKeys.bits(key);
        BitNode node = root;
        while (node != null && node.depth < bits) {
            node = node.child(bit(key, node.depth));
        }
        ByteLeaf ending = node == null ? null : node.ending();
        return ending != null && Bytes.equal(ending.key, key) ? ending : null;
    }

    /** The leaf with the longest prefix that contains that key or is it, or null. */
    public static @Nullable ByteLeaf longest(BitNode root, byte[] key) {
        int bits = BitKeys.bits(key);
        BitNode last = lastEnding(root, key, bits);
        if (last == null) {
            return null;
        }
        int common = common(key, last.sample, 0, last.depth);
        if (common < last.depth) {
            // The key leaves the way above the last leaf: what ends on it until there is a prefix of the key.
            last = lastEnding(root, key, common);
        }
        return last == null ? null : last.ending();
    }

    /** What changes when something happens to that key: its leaf, or the node below which it would be. */
    public static Watched watched(BitNode root, byte[] key) {
        int bits = BitKeys.bits(key);
        BitNode node = deepest(root, key, bits);
        ByteLeaf ending = node.depth == bits ? node.ending() : null;
        return ending == null ? node : ending;
    }

    /**
     * What changes when the longest match of that key does: the node of the match, below which every longer one would be, or the root where nothing matches.
     * A node further down the key's way would not do: a longer match may come above it.
     */
    public static Watched watchedLongest(BitNode root, byte[] key) {
        ByteLeaf match = longest(root, key);
        return match == null ? root : deepest(root, match.key, BitKeys.bits(match.key));
    }

    /** What changes when something happens to any key that the prefix contains. */
    public static Watched watchedPrefix(BitNode root, byte[] prefix) {
        int bits = BitKeys.bits(prefix);
        BitNode node = deepest(root, prefix, bits);
        BitNode contained = below(node, prefix, bits);
        return contained == null ? node : contained;
    }

    /** Stores a leaf, in the place of one with the same key if there is one, and gives the new root. */
    public static BitNode put(BitNode root, ByteLeaf leaf, Edit edit) {
        byte[] key = leaf.key;
        int bits = BitKeys.bits(key);
        BitNode top = root.ownedBy(edit);
        BitNode node = top;
        while (node.depth < bits) {
            int bit = bit(key, node.depth);
            BitNode lower = node.child(bit);
            if (lower == null) {
                node.child(bit, new BitNode(edit.owner(), bits, key, leaf));
                return top;
            }
            // Also where the edge is split: a watch on a prefix that ends inside this edge sits in the lower node.
            BitNode owned = lower.ownedBy(edit);
            int common = common(key, lower.sample, node.depth, Math.min(bits, lower.depth));
            if (common < lower.depth) {
                node.child(bit, fork(edit, common, bits, owned, leaf));
                return top;
            }
            if (owned != lower) {
                node.child(bit, owned);
            }
            node = owned;
        }
        node.ending(leaf);
        return top;
    }

    /** Removes the leaf with that key, which must be there, and gives the new root. */
    public static BitNode remove(BitNode root, byte[] key, Edit edit) {
        int bits = BitKeys.bits(key);
        BitNode top = root.ownedBy(edit);
        if (bits == 0) {
            top.ending(null);
            return top;
        }
        BitNode above = top;
        while (true) {
            int bit = bit(key, above.depth);
            BitNode node = requireNonNull(above.child(bit));
            if (node.depth == bits) {
                above.child(bit, withoutEnding(node, edit));
                return top;
            }
            int next = bit(key, node.depth);
            BitNode lower = requireNonNull(node.child(next));
            if (node.ending() == null && lower.depth == bits && lower.onlyChild() == null) {
                edit.replaced(node);
                edit.replaced(lower);
                above.child(bit, node.child(1 - next));
                return top;
            }
            BitNode owned = node.ownedBy(edit);
            if (owned != node) {
                above.child(bit, owned);
            }
            above = owned;
        }
    }

    /** Marks every node and every leaf as replaced. */
    public static void closeAll(BitNode root) {
        Deque<BitNode> open = new ArrayDeque<>();
        for (BitNode node = root; node != null; node = open.poll()) {
            node.close();
            ByteLeaf ending = node.ending();
            if (ending != null) {
                ending.close();
            }
            for (int bit = 0; bit <= 1; bit++) {
                BitNode lower = node.child(bit);
                if (lower != null) {
                    open.push(lower);
                }
            }
        }
    }

    /** Whether a prefix contains a key, or is it. */
    public static boolean contains(byte[] prefix, byte[] key) {
        int bits = BitKeys.bits(prefix);
        return bits <= BitKeys.bits(key) && common(prefix, key, 0, bits) == bits;
    }

    static int bit(byte[] key, int position) {
        return key[position >>> 3] >>> (~position & 7) & 1;
    }

    /** The number of leading bits in which two keys agree, at most {@code limit}, where it is known that they agree up to {@code from}. */
    static int common(byte[] a, byte[] b, int from, int limit) {
        int end = (limit + 7) >>> 3;
        int differs = Bytes.mismatch(a, b, from >>> 3, end);
        return differs >= end
                ? limit
                : Math.min(limit, differs * 8 + Integer.numberOfLeadingZeros((a[differs] ^ b[differs]) & 0xff) - 24);
    }

    /** The deepest node whose keys all begin with the first bits of that key, at most so many. */
    static BitNode deepest(BitNode root, byte[] key, int bits) {
        BitNode node = root;
        while (node.depth < bits) {
            BitNode lower = node.child(bit(key, node.depth));
            if (lower == null
                    || lower.depth > bits
                    || common(key, lower.sample, node.depth, lower.depth) < lower.depth) {
                return node;
            }
            node = lower;
        }
        return node;
    }

    /** The node under which are all keys with that prefix, where the deepest node above the prefix's end is known; null if there is no such key. */
    static @Nullable BitNode below(BitNode deepest, byte[] prefix, int bits) {
        if (deepest.depth == bits) {
            return deepest;
        }
        BitNode lower = deepest.child(bit(prefix, deepest.depth));
        return lower != null && lower.depth > bits && common(prefix, lower.sample, deepest.depth, bits) == bits
                ? lower
                : null;
    }

    /** The last node with a leaf on the way of that key, as far as so many bits go; bits between nodes are not compared. */
    private static @Nullable BitNode lastEnding(BitNode root, byte[] key, int bits) {
        BitNode last = null;
        for (BitNode node = root; node != null && node.depth <= bits; ) {
            if (node.ending() != null) {
                last = node;
            }
            node = node.depth == bits ? null : node.child(bit(key, node.depth));
        }
        return last;
    }

    private static BitNode fork(Edit edit, int depth, int bits, BitNode present, ByteLeaf leaf) {
        BitNode fork = new BitNode(edit.owner(), depth, leaf.key, depth == bits ? leaf : null);
        fork.child(bit(present.sample, depth), present);
        if (depth < bits) {
            fork.child(bit(leaf.key, depth), new BitNode(edit.owner(), bits, leaf.key, leaf));
        }
        return fork;
    }

    /** What takes the place of a node that loses its leaf: a copy where its two children part, else its only child, or nothing. */
    private static @Nullable BitNode withoutEnding(BitNode node, Edit edit) {
        if (node.isFull()) {
            BitNode owned = node.ownedBy(edit);
            owned.ending(null);
            return owned;
        }
        edit.replaced(node);
        return node.onlyChild();
    }
}
