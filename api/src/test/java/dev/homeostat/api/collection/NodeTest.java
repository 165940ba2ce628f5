package dev.homeostat.api.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The balance of the trees, which nothing else would notice. */
final class NodeTest {
    @Test
    void join_ofTreesOfAnyTwoSizes_isBalanced() {
        for (int left = 0; left <= 80; left++) {
            for (int right = 0; right <= 80; right++) {
                Node<Integer, Integer> joined =
                        Node.join(grown(0, left, left), left, left, grown(left + 1, left + 1 + right, right));
                Trees.check(joined);
                assertThat(joined.size).isEqualTo(left + 1 + right);
                Node<Integer, Integer> two = Node.join(grown(0, left, right), grown(left, left + right, left));
                Trees.check(two);
                assertThat(Node.size(two)).isEqualTo(left + right);
            }
        }
    }

    @Test
    void with_ascendingDescendingAndZigzag_staysBalancedAndShallow() {
        int n = 5000;
        List<List<Integer>> orders = List.of(
                IntStream.range(0, n).boxed().toList(),
                IntStream.range(0, n).mapToObj(i -> n - i).toList(),
                IntStream.range(0, n).mapToObj(i -> i % 2 == 0 ? i : 2 * n - i).toList());
        for (List<Integer> order : orders) {
            Node<Integer, Integer> tree = null;
            for (Integer key : order) {
                tree = Node.with(tree, key, key);
            }
            Trees.check(tree);
            assertThat(height(tree)).isLessThanOrEqualTo((int) (2.41 * Math.log(n + 1) / Math.log(2)));
        }
    }

    @Test
    void without_fromOneSideOnly_staysBalanced() {
        Node<Integer, Integer> tree = grown(0, 2000, 1);
        for (int key = 0; key < 2000; key++) {
            tree = Node.without(tree, key);
            Trees.check(tree);
        }
        assertThat(tree).isNull();
    }

    /** The counterexample to Adams' own parameters is such a deletion: all small trees, all deletions. */
    @Test
    void without_fromManySmallTrees_staysBalanced() {
        Random random = new Random(29);
        for (int round = 0; round < 3000; round++) {
            int size = 1 + random.nextInt(24);
            Node<Integer, Integer> tree = grown(0, size, round);
            for (int key = 0; key < size; key++) {
                Node<Integer, Integer> less = Node.without(tree, key);
                Trees.check(less);
                for (int second = 0; second < size; second++) {
                    Trees.check(Node.without(less, second));
                }
            }
        }
    }

    @Test
    void cursor_overTreesAsHighAsTheyMayBe_hasRoom() {
        for (int size : IntStream.concat(IntStream.range(0, 600), IntStream.of(10_000, 1_000_000))
                .toArray()) {
            Node<Integer, Integer> tree = leaning(0, size);
            Cursor<Integer, Integer> cursor = new Cursor<>(tree);
            int expected = 0;
            for (var node = cursor.next(); node != null && node.key == expected; node = cursor.next()) {
                expected++;
            }
            assertThat(expected).isEqualTo(size);
        }
        Trees.check(leaning(0, 10_000));
    }

    /** A tree whose left sides are as heavy as the balance allows, everywhere. */
    private static @Nullable Node<Integer, Integer> leaning(int from, int to) {
        if (from == to) {
            return null;
        }
        int weight = to - from + 1;
        int middle = from + Math.min(weight * Node.DELTA / (Node.DELTA + 1), weight - 1) - 1;
        return new Node<>(middle, middle, leaning(from, middle), leaning(middle + 1, to));
    }

    /** A tree of the keys from one to below the other, inserted in an order of their own, so that shapes differ. */
    private static @Nullable Node<Integer, Integer> grown(int from, int to, long seed) {
        List<Integer> keys = new ArrayList<>(IntStream.range(from, to).boxed().toList());
        Collections.shuffle(keys, new Random(seed));
        Node<Integer, Integer> tree = null;
        for (Integer key : keys) {
            tree = Node.with(tree, key, key);
        }
        return tree;
    }

    private static int height(@Nullable Node<?, ?> tree) {
        return tree == null ? 0 : 1 + Math.max(height(tree.left), height(tree.right));
    }
}
