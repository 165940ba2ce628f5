package dev.homeostat.api.collection;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A weight-balanced search tree: an entry, the entries below it and those above it. The empty tree is null. Immutable; a changed tree is a new one that shares
 * all nodes which are not on the way to the change.
 *
 * <p>The <em>weight</em> of a tree is one more than the number of its entries. In every node neither side weighs more than {@value #DELTA} times the other, so
 * that a tree of n entries is at most 2.41 log<sub>2</sub>(n + 1) high. A side that became too heavy is lightened by one rotation: a single one if the inner
 * half of the heavy side weighs less than {@value #GAMMA} times the outer half, else a double one.
 *
 * <p>Sources: J. Nievergelt and E. M. Reingold, <cite>Binary search trees of bounded balance</cite> (1972), for the balance by weight; S. Adams,
 * <cite>Efficient sets: a balancing act</cite>, Journal of Functional Programming 3(4), 1993, for the functional form and {@link #join(Node, Comparable, Object,
 * Node) join}; Y. Hirai and K. Yamamoto, <cite>Balancing weight-balanced trees</cite>, Journal of Functional Programming 21(3), 2011, for the parameters:
 * Adams' own lose the balance in some deletions, and (3, 2) are the only whole numbers that are right for this definition of weight.
 *
 * <p>A node is itself the {@link Map.Entry} that iteration gives, so that iteration makes none.
 */
@SuppressWarnings("ReferenceEquality") // equality is that of entries; what two trees share is found by identity
final class Node<K extends Comparable<? super K>, V> implements Map.Entry<K, V> {
    /** How many times as much as the other side a side may weigh. */
    static final int DELTA = 3;

    /** How many times as much as the outer half the inner half of a heavy side must weigh for a double rotation. */
    static final int GAMMA = 2;

    final K key;
    final V value;
    final @Nullable Node<K, V> left;
    final @Nullable Node<K, V> right;
    final int size;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        this.key = key;
        this.value = value;
        this.left = left;
        this.right = right;
        this.size = size(left) + 1 + size(right);
    }

    static int size(@Nullable Node<?, ?> tree) {
        return tree == null ? 0 : tree.size;
    }

    private static long weight(@Nullable Node<?, ?> tree) {
        return size(tree) + 1L;
    }

    /** Whether the two may be the sides of one node. */
    static boolean balanced(@Nullable Node<?, ?> left, @Nullable Node<?, ?> right) {
        return weight(right) <= DELTA * weight(left) && weight(left) <= DELTA * weight(right);
    }

    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> find(@Nullable Node<K, V> tree, K key) {
        Node<K, V> at = tree;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return at;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    static <K extends Comparable<? super K>, V> Node<K, V> first(Node<K, V> tree) {
        Node<K, V> at = tree;
        while (at.left != null) {
            at = at.left;
        }
        return at;
    }

    static <K extends Comparable<? super K>, V> Node<K, V> last(Node<K, V> tree) {
        Node<K, V> at = tree;
        while (at.right != null) {
            at = at.right;
        }
        return at;
    }

    /** The tree with that entry; the same tree if it has the key with an equal value. A key that is there stays the same instance. */
    static <K extends Comparable<? super K>, V> Node<K, V> with(@Nullable Node<K, V> tree, K key, V value) {
        if (tree == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(tree.key);
        if (order == 0) {
            return Objects.equals(tree.value, value) ? tree : new Node<>(tree.key, value, tree.left, tree.right);
        }
        if (order < 0) {
            Node<K, V> left = with(tree.left, key, value);
            return left == tree.left ? tree : balance(left, tree, tree.right);
        }
        Node<K, V> right = with(tree.right, key, value);
        return right == tree.right ? tree : balance(tree.left, tree, right);
    }

    /** The tree without that key; the same tree if it does not have it. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> without(@Nullable Node<K, V> tree, K key) {
        if (tree == null) {
            return null;
        }
        int order = key.compareTo(tree.key);
        if (order == 0) {
            return join(tree.left, tree.right);
        }
        if (order < 0) {
            Node<K, V> left = without(tree.left, key);
            return left == tree.left ? tree : balance(left, tree, tree.right);
        }
        Node<K, V> right = without(tree.right, key);
        return right == tree.right ? tree : balance(tree.left, tree, right);
    }

    /** One tree of all entries of the left one, which are below the key, the key's own, and all of the right one, which are above; whatever they weigh. */
    static <K extends Comparable<? super K>, V> Node<K, V> join(
            @Nullable Node<K, V> left, K key, V value, @Nullable Node<K, V> right) {
        if (right != null && weight(right) > DELTA * weight(left)) {
            return balance(join(left, key, value, right.left), right, right.right);
        }
        if (left != null && weight(left) > DELTA * weight(right)) {
            return balance(left.left, left, join(left.right, key, value, right));
        }
        return new Node<>(key, value, left, right);
    }

    /** One tree of all entries of the left one and of the right one, which are above; whatever they weigh. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> join(
            @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.size > right.size) {
            Node<K, V> middle = last(left);
            return join(withoutLast(left), middle.key, middle.value, right);
        }
        Node<K, V> middle = first(right);
        return join(left, middle.key, middle.value, withoutFirst(right));
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> withoutFirst(Node<K, V> tree) {
        return tree.left == null ? tree.right : balance(withoutFirst(tree.left), tree, tree.right);
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> withoutLast(Node<K, V> tree) {
        return tree.right == null ? tree.left : balance(tree.left, tree, withoutLast(tree.right));
    }

    /** A node with the entry of {@code middle} over two sides, one of which may be a little too heavy. */
    private static <K extends Comparable<? super K>, V> Node<K, V> balance(
            @Nullable Node<K, V> left, Node<K, V> middle, @Nullable Node<K, V> right) {
        if (right != null && weight(right) > DELTA * weight(left)) {
            return lightenRight(left, middle, right);
        }
        if (left != null && weight(left) > DELTA * weight(right)) {
            return lightenLeft(left, middle, right);
        }
        return node(left, middle, right);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> lightenRight(
            @Nullable Node<K, V> left, Node<K, V> middle, Node<K, V> right) {
        Node<K, V> inner = right.left;
        if (inner == null || weight(inner) < GAMMA * weight(right.right)) {
            return node(node(left, middle, inner), right, right.right);
        }
        return node(node(left, middle, inner.left), inner, node(inner.right, right, right.right));
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> lightenLeft(
            Node<K, V> left, Node<K, V> middle, @Nullable Node<K, V> right) {
        Node<K, V> inner = left.right;
        if (inner == null || weight(inner) < GAMMA * weight(left.left)) {
            return node(left.left, left, node(inner, middle, right));
        }
        return node(node(left.left, left, inner.left), inner, node(inner.right, middle, right));
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> node(
            @Nullable Node<K, V> left, Node<K, V> entry, @Nullable Node<K, V> right) {
        return new Node<>(entry.key, entry.value, left, right);
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public V setValue(V ignored) {
        throw new UnsupportedOperationException("a PersistentMap never changes: map.with(key, value) gives a new one");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && key.equals(entry.getKey())
                && Objects.equals(value, entry.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ value.hashCode();
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
