/**
 * Maps and sets for use inside rows: values that never change, whose changed copies share all that stayed the same.
 *
 * <p>A row is an immutable value, so a row with a collection in it wants an immutable collection. {@code Map.copyOf} is one, but adding one entry to it copies
 * all the others, and comparing two of them compares everything. {@link dev.homeostat.api.collection.PersistentMap} and
 * {@link dev.homeostat.api.collection.PersistentSet} add, replace and remove in O(log n), leaving the old value as it was, and two versions are compared in
 * the time that their difference takes. They are read through {@link java.util.Map} and {@link java.util.Set}, in the natural order of their keys.
 */
package dev.homeostat.api.collection;
