package dev.homeostat.api.collection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree, between the entries that were passed and those to come. What is to come is a subtree that was not looked into yet, and then a stack of
 * nodes, each with its right side. Used by one thread.
 */
final class Cursor<K extends Comparable<? super K>, V> {
    private final Node<K, V>[] stack;
    private int depth;
    private @Nullable Node<K, V> subtree;

    /** Before all entries of a tree. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array for nodes of these types alone
    Cursor(@Nullable Node<K, V> tree) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Node.size(tree));
        this.stack = new Node[(5 * bits + 1) / 2]; // the height is at most 2.41 log2(n + 1)
        this.subtree = tree;
    }

    /** The next entry, or null after the last. */
    @Nullable
    Node<K, V> next() {
        while (subtree != null) {
            enter(subtree);
        }
        return depth == 0 ? null : pass();
    }

    /**
     * Whether two trees have equal entries, or only equal keys. Takes the time that their difference takes: what they share begins at the same rank in both, so
     * that the two cursors, of which the one before the larger subtree goes deeper first, come to the shared node together and pass over it.
     */
    static boolean equal(@Nullable Node<?, ?> a, @Nullable Node<?, ?> b, boolean values) {
        return Node.size(a) == Node.size(b) && equal(new Cursor<>(a), new Cursor<>(b), values);
    }

    /** The invariant: as many entries are to come in the one as in the other. */
    @SuppressWarnings("ReferenceEquality") // the same subtree, not one with an equal entry
    private static boolean equal(Cursor<?, ?> a, Cursor<?, ?> b, boolean values) {
        while (true) {
            int difference = Node.size(a.subtree) - Node.size(b.subtree);
            if (a.subtree != b.subtree) {
                if (difference >= 0) {
                    a.enter();
                }
                if (difference <= 0) {
                    b.enter();
                }
                continue;
            }
            if (a.depth == 0) {
                return true;
            }
            Node<?, ?> mine = a.pass();
            Node<?, ?> theirs = b.pass();
            if (!mine.key.equals(theirs.key) || (values && !Objects.equals(mine.value, theirs.value))) {
                return false;
            }
        }
    }

    private void enter() {
        enter(Objects.requireNonNull(subtree));
    }

    private void enter(Node<K, V> tree) {
        stack[depth++] = tree;
        subtree = tree.left;
    }

    private Node<K, V> pass() {
        Node<K, V> node = stack[--depth];
        subtree = node.right;
        return node;
    }
}
