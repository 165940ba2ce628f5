package dev.homeostat.host.tree;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import org.jspecify.annotations.Nullable;

/** A collection that is being read. */
sealed interface Frame permits MappingFrame, SequenceFrame {
    /** Where it was written. */
    Place place();

    /** Its anchor, or null. */
    @Nullable
    String anchor();

    /** Where the key stands whose value comes next; null when a key or an item comes next. */
    @Nullable
    Place keyPlace();

    /** Adds what was read next, of that many nodes; {@code plain} for a scalar without quotes. */
    void add(Tree tree, long nodes, Place at, boolean plain);

    /** The number of nodes up to now, with its own. */
    long nodes();

    /** The collection as it is now. */
    Tree tree();
}
