package dev.homeostat.host.handover;

import dev.homeostat.api.tree.Tree;
import java.math.BigInteger;
import java.util.Set;

/** Sees to it that a document holds nothing of a plugin's own: a scalar takes any object, and that would keep the plugin's classes. */
final class PlainTree {
    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, Boolean.class, Long.class, BigInteger.class, Double.class);

    private PlainTree() {}

    /**
     * The same document.
     *
     * @throws IllegalArgumentException if it has a value that is none of a document
     */
    static Tree of(Tree tree) {
        switch (tree) {
            case Tree.Mapping mapping -> mapping.entries().values().forEach(PlainTree::of);
            case Tree.Sequence sequence -> sequence.items().forEach(PlainTree::of);
            case Tree.Scalar scalar -> check(scalar);
        }
        return tree;
    }

    private static void check(Tree.Scalar scalar) {
        Object value = scalar.value();
        if (value != null && !PLAIN.contains(value.getClass())) {
            throw new IllegalArgumentException("the table's codec wrote a "
                    + value.getClass().getName() + ", which is no value of a document; write it as text or a number");
        }
    }
}
