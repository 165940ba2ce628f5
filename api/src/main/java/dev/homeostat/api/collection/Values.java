package dev.homeostat.api.collection;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/** The values of a map, in the order of their keys. Immutable. */
final class Values<V> extends AbstractCollection<V> {
    private final PersistentMap<?, V> map;

    Values(PersistentMap<?, V> map) {
        this.map = map;
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public Iterator<V> iterator() {
        return map.walk(Node::getValue);
    }

    @Override
    public Spliterator<V> spliterator() {
        return Spliterators.spliterator(
                iterator(), size(), Spliterator.ORDERED | Spliterator.IMMUTABLE | Spliterator.NONNULL);
    }
}
