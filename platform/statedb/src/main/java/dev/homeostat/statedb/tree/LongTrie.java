package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A persistent trie over 64-bit numbers, six bits a level, with the levels left out at which all keys agree.
 *
 * <p>The root always exists and covers every key, so that also an empty trie can be watched. A node says by its {@code shift} at which bits it branches and
 * by its {@code path} which keys are below it; a look-up skips that check and compares the whole key at the leaf instead. Every node but the root has
 * two children or more.
 */
public final class LongTrie {
    private static final int ROOT_SHIFT = 60;

    private LongTrie() {}

    /** The form of a signed number in which unsigned order is the order of the numbers, and back. */
    public static long ordered(long number) {
        return number ^ Long.MIN_VALUE;
    }

    /** The root of a trie without leaves. */
    public static LongNode empty(long owner) {
        return new LongNode(owner, ROOT_SHIFT, 0);
    }

    /** The leaf with that key, or null. */
    public static @Nullable LongLeaf find(LongNode root, long key) {
        Watched part = root.child(root.digit(key));
        while (part instanceof LongNode node) {
            part = node.child(node.digit(key));
        }
        return part instanceof LongLeaf leaf && leaf.orderedKey() == key ? leaf : null;
    }

    /** What changes when something happens to that key: its leaf, or the node below which it would be. */
    public static Watched watched(LongNode root, long key) {
        LongNode node = root;
        while (true) {
            switch (node.child(node.digit(key))) {
                case LongNode lower when lower.covers(key) -> node = lower;
                case LongLeaf leaf
                when leaf.orderedKey() == key -> {
                    return leaf;
                }
                case null, default -> {
                    return node;
                }
            }
        }
    }

    /** Stores a leaf, in the place of one with the same key if there is one, and gives the new root. */
    public static LongNode put(LongNode root, LongLeaf leaf, Edit edit) {
        long key = leaf.orderedKey();
        LongNode top = root.ownedBy(edit);
        LongNode node = top;
        while (true) {
            int digit = node.digit(key);
            Watched child = node.child(digit);
            if (child == null) {
                node.add(digit, leaf);
                return top;
            }
            if (child instanceof LongNode lower) {
                // Also where the edge is split: a watch on what is below this edge sits in the lower node.
                LongNode owned = lower.ownedBy(edit);
                if (!lower.covers(key)) {
                    node.set(digit, fork(edit, owned, lower.path, leaf));
                    return top;
                }
                if (owned != lower) {
                    node.set(digit, owned);
                }
                node = owned;
            } else {
                long other = ((LongLeaf) child).orderedKey();
                node.set(digit, other == key ? leaf : fork(edit, child, other, leaf));
                return top;
            }
        }
    }

    /** Removes the leaf with that key, which must be there, and gives the new root. */
    public static LongNode remove(LongNode root, long key, Edit edit) {
        LongNode top = root.ownedBy(edit);
        LongNode above = top;
        while (true) {
            int digit = above.digit(key);
            if (!(above.child(digit) instanceof LongNode node)) {
                above.remove(digit);
                return top;
            }
            int next = node.digit(key);
            if (node.count() == 2 && node.child(next) instanceof LongLeaf) {
                edit.replaced(node);
                above.set(digit, node.sibling(next));
                return top;
            }
            LongNode owned = node.ownedBy(edit);
            if (owned != node) {
                above.set(digit, owned);
            }
            above = owned;
        }
    }

    /** Marks every node and every leaf as replaced. */
    public static void closeAll(LongNode root) {
        Deque<LongNode> open = new ArrayDeque<>();
        for (LongNode node = root; node != null; node = open.poll()) {
            node.close();
            for (Watched part : node.places()) {
                if (part instanceof LongNode lower) {
                    open.push(lower);
                } else if (part != null) {
                    part.close();
                }
            }
        }
    }

    private static LongNode fork(Edit edit, Watched present, long presentKey, LongLeaf leaf) {
        long key = leaf.orderedKey();
        int highest = 63 - Long.numberOfLeadingZeros(presentKey ^ key);
        LongNode fork = new LongNode(edit.owner(), highest / 6 * 6, key);
        fork.add(fork.digit(presentKey), present);
        fork.add(fork.digit(key), leaf);
        return fork;
    }
}
