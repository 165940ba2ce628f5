package dev.homeostat.api.db;

import java.util.Iterator;

/** A sequence of changes up to one snapshot; each is consumed as it is taken from the iterator, so that all iterators of a sequence share one position. */
public interface Changes<T> extends Iterable<Change<T>> {
    @Override
    Iterator<Change<T>> iterator();

    /** Closes when there is something new after that snapshot; comes closed when there already is. */
    Watch watch();
}
