package dev.homeostat.api.collection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries in any order, on their way into a tree. Used by one thread. */
final class Sorting<K extends Comparable<? super K>, V> {
    /** What becomes of two values of one key. */
    interface Clash<K, V> {
        /** The value to keep of an earlier and a later one. */
        V settle(K key, V earlier, V later);
    }

    private final Clash<? super K, V> clash;
    private final List<Node<K, V>> entries = new ArrayList<>();
    private boolean sorted = true;

    Sorting(Clash<? super K, V> clash) {
        this.clash = clash;
    }

    /** Refuses a repeated key. */
    static <V> Clash<Object, V> refusing() {
        return (key, earlier, later) -> {
            throw new IllegalArgumentException(key + " is given twice");
        };
    }

    void add(K key, V value) {
        if (sorted && !entries.isEmpty()) {
            sorted = entries.getLast().key.compareTo(key) < 0;
        }
        entries.add(new Node<>(key, value, null, null));
    }

    void addAll(Sorting<K, V> later) {
        later.entries.forEach(entry -> add(entry.key, entry.value));
    }

    /** A tree of all that was added; takes linear time if the keys came in order. */
    @Nullable
    Node<K, V> tree() {
        List<Node<K, V>> ascending = sorted ? entries : distinct();
        return tree(ascending, 0, ascending.size());
    }

    private List<Node<K, V>> distinct() {
        entries.sort((a, b) -> a.key.compareTo(b.key)); // stable: repeated keys stay in the order in which they came
        List<Node<K, V>> distinct = new ArrayList<>(entries.size());
        for (Node<K, V> entry : entries) {
            Node<K, V> last = distinct.isEmpty() ? null : distinct.getLast();
            if (last == null || last.key.compareTo(entry.key) != 0) {
                distinct.add(entry);
            } else {
                V value = clash.settle(last.key, last.value, entry.value);
                distinct.set(distinct.size() - 1, new Node<>(last.key, value, null, null));
            }
        }
        return distinct;
    }

    /** The entries themselves become the leaves. */
    private static <K extends Comparable<? super K>, V> @Nullable Node<K, V> tree(
            List<Node<K, V>> ascending, int from, int to) {
        if (from == to) {
            return null;
        }
        int middle = (from + to) >>> 1;
        Node<K, V> entry = ascending.get(middle);
        return to - from == 1
                ? entry
                : new Node<>(entry.key, entry.value, tree(ascending, from, middle), tree(ascending, middle + 1, to));
    }
}
