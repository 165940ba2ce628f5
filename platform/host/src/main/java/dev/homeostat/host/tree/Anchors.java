package dev.homeostat.host.tree;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of a document, and how many nodes its aliases stand for. Aliases share their tree, so they cost no memory here; whoever walks the document
 * later would visit each copy, which is what the budget bounds.
 */
final class Anchors {
    /** The largest number of nodes that the aliases of one text may stand for. */
    static final long MAX_ALIASED_NODES = 100_000;

    private final Map<String, Anchored> trees = new HashMap<>();
    private long aliased;

    /** Forgets the anchors of the document before; the budget goes on. */
    void beginDocument() {
        trees.clear();
    }

    /** An anchored collection begins; until it is complete, an alias to it would make it endless. */
    void open(String anchor) {
        trees.put(anchor, new Anchored(null, 0));
    }

    /** An anchored node of that many nodes, aliased ones included, is complete. */
    void complete(String anchor, Tree tree, long nodes) {
        trees.put(anchor, new Anchored(tree, nodes));
    }

    /** What an alias stands for. */
    Aliased resolve(String anchor, Place place) {
        Anchored anchored = trees.get(anchor);
        if (anchored == null) {
            throw new DocumentException(place, "alias *" + anchor + ": no anchor &" + anchor + " comes before it");
        }
        if (anchored.tree == null) {
            throw new DocumentException(place, "alias *" + anchor + ": it stands inside of what it refers to");
        }
        aliased += anchored.nodes;
        if (aliased > MAX_ALIASED_NODES) {
            throw new DocumentException(
                    place,
                    "alias *" + anchor + ": the aliases stand for more than " + MAX_ALIASED_NODES
                            + " nodes; write the values out, or split the file");
        }
        return new Aliased(anchored.tree, anchored.nodes);
    }

    /** A tree and its number of nodes. */
    record Aliased(Tree tree, long nodes) {}

    private record Anchored(@Nullable Tree tree, long nodes) {}
}
