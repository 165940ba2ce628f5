package dev.homeostat.api.collection;

import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Union, intersection and difference of two trees, each by cutting one at the root of the other, doing the same with the halves, and joining the results.
 *
 * <p>They take O(m log(n/m + 1)) steps for trees of m ≤ n entries; subtrees that the two share are not looked into where they meet, and a result that has
 * exactly the entries of the first tree <em>is</em> the first tree. Sources: Adams (as in {@link Node}); G. Blelloch, D. Ferizovic and Y. Sun, <cite>Just join
 * for parallel ordered sets</cite>, SPAA 2016, for the bound.
 */
@SuppressWarnings("ReferenceEquality") // what two trees share is found by identity
final class Merge {
    /** Functions that make of two equal values one that equals them, so that equal trees need not be looked into. */
    private enum Keep implements BinaryOperator<Object> {
        FIRST {
            @Override
            public Object apply(Object first, Object second) {
                return first;
            }
        },
        SECOND {
            @Override
            public Object apply(Object first, Object second) {
                return second;
            }
        }
    }

    private Merge() {}

    /** Of two values the first tree's. */
    @SuppressWarnings("unchecked") // gives one of its arguments
    static <V> BinaryOperator<V> first() {
        return (BinaryOperator<V>) (BinaryOperator<?>) Keep.FIRST;
    }

    /** Of two values the second tree's. */
    @SuppressWarnings("unchecked") // gives one of its arguments
    static <V> BinaryOperator<V> second() {
        return (BinaryOperator<V>) (BinaryOperator<?>) Keep.SECOND;
    }

    /** The entries of both; where both have a key, the first tree's key with what the function makes of the two values. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> union(
            @Nullable Node<K, V> a, @Nullable Node<K, V> b, BinaryOperator<V> merge) {
        if (b == null || (a == b && merge instanceof Keep)) {
            return a;
        }
        if (a == null) {
            return b;
        }
        Split<K, V> parts = Split.of(b, a.key);
        Node<K, V> left = union(a.left, parts.below(), merge);
        V value = parts.at() == null
                ? a.value
                : Objects.requireNonNull(merge.apply(a.value, parts.at().value), "merged value");
        Node<K, V> right = union(a.right, parts.above(), merge);
        if (left == a.left && right == a.right && Objects.equals(value, a.value)) {
            return a;
        }
        return Node.join(left, a.key, value, right);
    }

    /** The entries of the first whose keys the second has too. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> intersection(
            @Nullable Node<K, V> a, @Nullable Node<K, ?> b) {
        if (a == null || b == null) {
            return null;
        }
        if (a == b) {
            return a;
        }
        Split<K, ?> parts = Split.of(b, a.key);
        return part(a, intersection(a.left, parts.below()), parts.at() != null, intersection(a.right, parts.above()));
    }

    /** The entries of the first whose keys the second does not have. */
    static <K extends Comparable<? super K>, V> @Nullable Node<K, V> difference(
            @Nullable Node<K, V> a, @Nullable Node<K, ?> b) {
        if (a == null || a == b) {
            return null;
        }
        if (b == null) {
            return a;
        }
        Split<K, ?> parts = Split.of(b, a.key);
        return part(a, difference(a.left, parts.below()), parts.at() == null, difference(a.right, parts.above()));
    }

    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> part(
            Node<K, V> of, @Nullable Node<K, V> left, boolean middle, @Nullable Node<K, V> right) {
        if (!middle) {
            return Node.join(left, right);
        }
        return left == of.left && right == of.right ? of : Node.join(left, of.key, of.value, right);
    }
}
