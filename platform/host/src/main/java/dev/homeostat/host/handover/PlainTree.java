package dev.homeostat.host.handover;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a document holds nothing of a plugin's own, for a scalar takes any object, and that would keep the plugin's classes; and nothing of where it was
 * read, which is nowhere that a person could mend it.
 */
final class PlainTree {
    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, Boolean.class, Long.class, BigInteger.class, Double.class);

    private PlainTree() {}

    /**
     * An equal document.
     *
     * @throws IllegalArgumentException if it has a value that is none of a document
     */
    static Tree of(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, of(value)));
                yield new Tree.Mapping(entries, Place.NOWHERE);
            }
            case Tree.Sequence sequence ->
                new Tree.Sequence(sequence.items().stream().map(PlainTree::of).toList(), Place.NOWHERE);
            case Tree.Scalar scalar -> Tree.scalar(checked(scalar.value()));
        };
    }

    private static @Nullable Object checked(@Nullable Object value) {
        if (value != null && !PLAIN.contains(value.getClass())) {
            throw new IllegalArgumentException("the table's codec wrote a "
                    + value.getClass().getName() + ", which is no value of a document; write it as text or a number");
        }
        return value;
    }
}
