package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A persistent radix tree over byte strings, one byte a level, with the levels left out at which all keys agree.
 *
 * <p>The root always exists and covers every key, so that also an empty trie can be watched. A node knows its absolute depth and a sample key; a look-up does
 * not compare what lies between two nodes but the whole key at the leaf. Every node but the root holds two children or more, a leaf that ends at it
 * counted in. Nothing here recurses: keys may be as long as they like.
 */
public final class ByteTrie {
    private static final byte[] NO_BYTES = {};

    private ByteTrie() {}

    /** The root of a trie without leaves. */
    public static ByteNode empty(long owner) {
        return new ByteNode(owner, 0, NO_BYTES);
    }

    /** The leaf with that key, or null. */
    public static @Nullable ByteLeaf find(ByteNode root, byte[] key) {
        Watched part = root;
        while (part instanceof ByteNode node) {
            int depth = node.depth;
            if (key.length <= depth) {
                part = key.length == depth ? node.ending() : null;
                break;
            }
            part = node.child(key[depth] & 0xff);
        }
        return part instanceof ByteLeaf leaf && Bytes.equal(leaf.key, key) ? leaf : null;
    }

    /** What changes when something happens to that key: its leaf, or the node below which it would be. */
    public static Watched watched(ByteNode root, byte[] key) {
        ByteNode node = root;
        while (key.length > node.depth) {
            Watched child = node.child(key[node.depth] & 0xff);
            if (child instanceof ByteNode lower && leadsTo(node, lower, key)) {
                node = lower;
            } else {
                return child instanceof ByteLeaf leaf && Bytes.equal(leaf.key, key) ? leaf : node;
            }
        }
        ByteLeaf ending = node.ending();
        return ending == null ? node : ending;
    }

    /** What changes when something happens to any key that begins with that prefix. */
    public static Watched watchedPrefix(ByteNode root, byte[] prefix) {
        ByteNode node = root;
        while (prefix.length > node.depth) {
            Watched child = node.child(prefix[node.depth] & 0xff);
            if (child instanceof ByteNode lower && meets(node, lower, prefix)) {
                node = lower;
            } else {
                return node;
            }
        }
        return node;
    }

    /** Stores a leaf, in the place of one with the same key if there is one, and gives the new root. */
    public static ByteNode put(ByteNode root, ByteLeaf leaf, Edit edit) {
        byte[] key = leaf.key;
        ByteNode top = root.ownedBy(edit);
        ByteNode node = top;
        while (key.length > node.depth) {
            int depth = node.depth;
            int digit = key[depth] & 0xff;
            Watched child = node.child(digit);
            if (child == null) {
                node.add(digit, leaf);
                return top;
            }
            if (child instanceof ByteNode lower) {
                // Also where the edge is split: a watch on a prefix that ends inside this edge sits in the lower node.
                ByteNode owned = lower.ownedBy(edit);
                int common = common(key, lower.sample, depth, lower.depth);
                if (common < lower.depth) {
                    node.set(digit, fork(edit, common, owned, lower.sample, leaf));
                    return top;
                }
                if (owned != lower) {
                    node.set(digit, owned);
                }
                node = owned;
            } else {
                byte[] other = ((ByteLeaf) child).key;
                int common = common(key, other, depth, other.length);
                boolean same = common == key.length && common == other.length;
                node.set(digit, same ? leaf : fork(edit, common, child, other, leaf));
                return top;
            }
        }
        node.ending(leaf);
        return top;
    }

    /** Removes the leaf with that key, which must be there, and gives the new root. */
    public static ByteNode remove(ByteNode root, byte[] key, Edit edit) {
        ByteNode top = root.ownedBy(edit);
        ByteNode above = top;
        while (true) {
            int digit = digit(above, key);
            if (digit < 0 || !(above.child(digit) instanceof ByteNode node)) {
                drop(above, digit);
                return top;
            }
            int next = digit(node, key);
            if (node.count() == 2 && (next < 0 || node.child(next) instanceof ByteLeaf)) {
                edit.replaced(node);
                above.set(digit, node.sibling(next));
                return top;
            }
            ByteNode owned = node.ownedBy(edit);
            if (owned != node) {
                above.set(digit, owned);
            }
            above = owned;
        }
    }

    /** Marks every node and every leaf as replaced. */
    public static void closeAll(ByteNode root) {
        Deque<ByteNode> open = new ArrayDeque<>();
        for (ByteNode node = root; node != null; node = open.poll()) {
            node.close();
            ByteLeaf ending = node.ending();
            if (ending != null) {
                ending.close();
            }
            for (Watched part : node.places()) {
                if (part instanceof ByteNode lower) {
                    open.push(lower);
                } else if (part != null) {
                    part.close();
                }
            }
        }
    }

    /** The byte that chooses the way to that key below a node, -1 where the key ends. */
    static int digit(ByteNode node, byte[] key) {
        return key.length == node.depth ? -1 : key[node.depth] & 0xff;
    }

    /** The number of leading bytes in which two keys agree, at most {@code limit}, where it is known that they agree up to {@code from}. */
    static int common(byte[] a, byte[] b, int from, int limit) {
        return Bytes.mismatch(a, b, from, Math.min(limit, Math.min(a.length, b.length)));
    }

    private static boolean leadsTo(ByteNode node, ByteNode lower, byte[] key) {
        return common(key, lower.sample, node.depth, lower.depth) == lower.depth;
    }

    private static boolean meets(ByteNode node, ByteNode lower, byte[] prefix) {
        int limit = Math.min(prefix.length, lower.depth);
        return common(prefix, lower.sample, node.depth, limit) == limit;
    }

    private static void drop(ByteNode node, int digit) {
        if (digit < 0) {
            node.ending(null);
        } else {
            node.remove(digit);
        }
    }

    private static ByteNode fork(Edit edit, int depth, Watched present, byte[] presentKey, ByteLeaf leaf) {
        ByteNode fork = new ByteNode(edit.owner(), depth, leaf.key);
        hang(fork, present, presentKey);
        hang(fork, leaf, leaf.key);
        return fork;
    }

    private static void hang(ByteNode node, Watched part, byte[] key) {
        if (key.length == node.depth) {
            node.ending((ByteLeaf) part);
        } else {
            node.add(key[node.depth] & 0xff, part);
        }
    }
}
