package dev.homeostat.api.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at trees from inside. */
final class Trees {
    private Trees() {}

    /** Fails unless sizes, order and balance are right in every node. */
    static void check(@Nullable Node<?, ?> tree) {
        if (tree == null) {
            return;
        }
        check(tree.left);
        check(tree.right);
        assertThat(tree.size).isEqualTo(Node.size(tree.left) + 1 + Node.size(tree.right));
        assertThat(Node.balanced(tree.left, tree.right))
                .as("balance of %d and %d", Node.size(tree.left), Node.size(tree.right))
                .isTrue();
        if (tree.left != null) {
            assertThat(compare(Node.last(tree.left).key, tree.key)).isNegative();
        }
        if (tree.right != null) {
            assertThat(compare(tree.key, Node.first(tree.right).key)).isNegative();
        }
    }

    @SuppressWarnings("unchecked") // keys of one tree
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    /** The number of nodes of a tree that are in no other of these. */
    static int unshared(@Nullable Node<?, ?> tree, @Nullable Node<?, ?>... others) {
        Set<Node<?, ?>> known = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node<?, ?> other : others) {
            unshared(other, known);
        }
        return unshared(tree, known);
    }

    private static int unshared(@Nullable Node<?, ?> tree, Set<Node<?, ?>> known) {
        return tree == null || !known.add(tree) ? 0 : 1 + unshared(tree.left, known) + unshared(tree.right, known);
    }
}
