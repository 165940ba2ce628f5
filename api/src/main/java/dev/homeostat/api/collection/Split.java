package dev.homeostat.api.collection;

import org.jspecify.annotations.Nullable;

/** A tree cut at a key, in O(log n) steps: what is below, the entry itself if there is one, and what is above. */
@SuppressWarnings("ReferenceEquality") // what two trees share is found by identity
record Split<K extends Comparable<? super K>, V>(
        @Nullable Node<K, V> below,
        @Nullable Node<K, V> at,
        @Nullable Node<K, V> above) {

    /** All three parts; they share with the tree what lies aside of the cut. */
    static <K extends Comparable<? super K>, V> Split<K, V> of(@Nullable Node<K, V> tree, K key) {
        if (tree == null) {
            return new Split<>(null, null, null);
        }
        int order = key.compareTo(tree.key);
        if (order == 0) {
            return new Split<>(tree.left, tree, tree.right);
        }
        if (order < 0) {
            Split<K, V> left = of(tree.left, key);
            return new Split<>(left.below, left.at, Node.join(left.above, tree.key, tree.value, tree.right));
        }
        Split<K, V> right = of(tree.right, key);
        return new Split<>(Node.join(tree.left, tree.key, tree.value, right.below), right.at, right.above);
    }

    /** What is at the key and above; the tree itself if that is all. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> from(@Nullable Node<K, V> tree, K lowest) {
        if (tree == null) {
            return null;
        }
        if (lowest.compareTo(tree.key) > 0) {
            return from(tree.right, lowest);
        }
        Node<K, V> left = from(tree.left, lowest);
        return left == tree.left ? tree : Node.join(left, tree.key, tree.value, tree.right);
    }

    /** What is below the key; the tree itself if that is all. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> before(@Nullable Node<K, V> tree, K bound) {
        if (tree == null) {
            return null;
        }
        if (bound.compareTo(tree.key) <= 0) {
            return before(tree.left, bound);
        }
        Node<K, V> right = before(tree.right, bound);
        return right == tree.right ? tree : Node.join(tree.left, tree.key, tree.value, right);
    }
}
