package dev.homeostat.api.collection;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An iterator over a tree that gives something of each entry. Used by one thread. */
final class Walk<K extends Comparable<? super K>, V, T> implements Iterator<T> {
    private final Cursor<K, V> cursor;
    private final Function<? super Node<K, V>, ? extends T> view;
    private @Nullable Node<K, V> next;

    Walk(@Nullable Node<K, V> tree, Function<? super Node<K, V>, ? extends T> view) {
        this.cursor = new Cursor<>(tree);
        this.view = view;
        this.next = cursor.next();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        Node<K, V> entry = next;
        if (entry == null) {
            throw new NoSuchElementException();
        }
        next = cursor.next();
        return view.apply(entry);
    }

    @Override
    public void remove() {
        throw new UnsupportedOperationException("a persistent collection never changes: without(…) gives a new one");
    }
}
