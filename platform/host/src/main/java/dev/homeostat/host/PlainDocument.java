package dev.homeostat.host;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document in types of the JDK. */
final class PlainDocument {
    private PlainDocument() {}

    /** As a tree; it was written nowhere. */
    static Tree tree(Object document) {
        return switch (document) {
            case Map<?, ?> mapping -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                mapping.forEach((key, value) -> entries.put(String.valueOf(key), tree(value)));
                yield new Tree.Mapping(entries, Place.NOWHERE);
            }
            case List<?> items ->
                new Tree.Sequence(items.stream().map(PlainDocument::tree).toList(), Place.NOWHERE);
            case null, default -> Tree.scalar(document);
        };
    }
}
