package dev.homeostat.plugintest;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the test's trees of documents in types of the JDK, which is how they come from the host, and the other way. */
final class Documents {
    private Documents() {}

    static Tree tree(@Nullable Object document) {
        return switch (document) {
            case Map<?, ?> mapping -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                mapping.forEach((key, value) -> entries.put(String.valueOf(key), tree(value)));
                yield new Tree.Mapping(entries, Place.NOWHERE);
            }
            case List<?> items ->
                new Tree.Sequence(items.stream().map(Documents::tree).toList(), Place.NOWHERE);
            case Integer number -> Tree.scalar(number.longValue());
            case null, default -> Tree.scalar(document);
        };
    }

    static @Nullable Object plain(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, plain(value)));
                yield entries;
            }
            case Tree.Sequence sequence ->
                sequence.items().stream()
                        .<@Nullable Object>map(Documents::plain)
                        .toList();
            case Tree.Scalar scalar -> scalar.value();
        };
    }
}
