package dev.homeostat.statedb.tree;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What must hold of the nodes themselves: none but the root has fewer than two things below, whatever was removed, and what was replaced is closed. */
final class TrieShapeTest {
    private static final class Word extends ByteLeaf {
        Word(byte... key) {
            super(key);
        }
    }

    private static final class Digits extends LongLeaf {
        Digits(long key) {
            super(key);
        }
    }

    @Test
    void byteTrie_removals_joinTheNodes() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            NavigableSet<byte[]> model = new TreeSet<>(Arrays::compareUnsigned);
            Edit edit = new Edit();
            ByteNode root = ByteTrie.empty(0);
            boolean growing = true;
            for (int i = 0; i < 1500; i++) {
                byte[] key = new byte[random.nextInt(4)];
                random.nextBytes(key);
                for (int j = 0; j < key.length; j++) {
                    key[j] &= seed % 2 == 0 ? (byte) 0x83 : (byte) 0xff;
                }
                growing = i % 500 == 0 ? !growing || i == 0 : growing;
                if (model.contains(key) && (!growing || random.nextInt(3) == 0)) {
                    root = ByteTrie.remove(root, key, edit);
                    model.remove(key);
                } else if (growing || random.nextInt(4) == 0) {
                    root = ByteTrie.put(root, new Word(key), edit);
                    model.add(key);
                } else if (!model.isEmpty()) {
                    byte[] near = model.ceiling(key) == null ? model.first() : model.ceiling(key);
                    root = ByteTrie.remove(root, near, edit);
                    model.remove(near);
                }
                if (random.nextInt(20) == 0) {
                    check(root);
                    edit.freeze();
                }
            }
            for (byte[] key : List.copyOf(model)) {
                root = ByteTrie.remove(root, key, edit);
                check(root);
            }
            assertThat(root.isEmpty()).isTrue();
        }
    }

    @Test
    void byteTrie_removalsDownToOneKey_leaveOneLeafAtTheRoot() {
        Edit edit = new Edit();
        ByteNode root = ByteTrie.empty(0);
        byte[][] keys = {{}, {1}, {1, 2}, {1, 2, 3}, {1, 2, 3, 4}, {1, 2, 9}, {7}};
        for (byte[] key : keys) {
            root = ByteTrie.put(root, new Word(key), edit);
        }
        for (byte[] key : new byte[][] {{1, 2}, {7}, {1, 2, 9}, {1}, {}, {1, 2, 3}}) {
            root = ByteTrie.remove(root, key, edit);
            check(root);
        }
        assertThat(root.count()).isOne();
        assertThat(root.child(1)).isInstanceOf(ByteLeaf.class);
    }

    @Test
    void longTrie_removals_joinTheNodes() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            NavigableSet<Long> model = new TreeSet<>(Long::compareUnsigned);
            Edit edit = new Edit();
            LongNode root = LongTrie.empty(0);
            for (int i = 0; i < 1500; i++) {
                long key = random.nextLong() >>> random.nextInt(64);
                if (i / 500 % 2 == 0 || model.isEmpty()) {
                    root = LongTrie.put(root, new Digits(key), edit);
                    model.add(key);
                } else {
                    Long near = model.ceiling(key);
                    long gone = near == null ? model.first() : near;
                    root = LongTrie.remove(root, gone, edit);
                    model.remove(gone);
                }
                if (random.nextInt(20) == 0) {
                    check(root);
                    edit.freeze();
                }
            }
            for (long key : List.copyOf(model)) {
                root = LongTrie.remove(root, key, edit);
                check(root);
            }
            assertThat(root.isEmpty()).isTrue();
        }
    }

    /** A node that is joined away is noted as replaced, and what takes its place is not. */
    @Test
    void byteTrie_aNodeThatIsJoinedAway_isClosed_andItsOtherLeafIsNot() {
        Edit edit = new Edit();
        ByteNode root = ByteTrie.empty(0);
        Word ab = new Word((byte) 1, (byte) 1);
        Word ac = new Word((byte) 1, (byte) 2);
        root = ByteTrie.put(ByteTrie.put(root, ab, edit), ac, edit);
        Watched joined = requireNonNull(root.child(1));
        edit.freeze();
        ByteNode after = ByteTrie.remove(root, ab.keyBytes(), edit);
        edit.closeReplaced();
        assertThat(joined.watch().isClosed()).isTrue();
        assertThat(root.watch().isClosed()).isTrue();
        assertThat(ac.watch().isClosed()).isFalse();
        assertThat(after.child(1)).isSameAs(ac);
    }

    private static void check(ByteNode node) {
        ByteLeaf ending = node.ending();
        if (ending != null) {
            assertThat(ending.keyBytes()).hasSize(node.depth);
        }
        for (Watched part : node.places()) {
            if (part instanceof ByteNode lower) {
                assertThat(lower.depth).isGreaterThan(node.depth);
                assertThat(lower.count()).isGreaterThanOrEqualTo(2);
                assertThat(Arrays.equals(node.sample, 0, node.depth, lower.sample, 0, node.depth))
                        .isTrue();
                check(lower);
            }
        }
    }

    private static void check(LongNode node) {
        for (Watched part : node.places()) {
            if (part instanceof LongNode lower) {
                assertThat(lower.shift).isLessThan(node.shift);
                assertThat(lower.count()).isGreaterThanOrEqualTo(2);
                check(lower);
            }
        }
    }
}
