package dev.homeostat.api.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists, in their order, and sets, whose items are written in a fixed order and must differ. */
final class CollectionValue implements ValueCodec {
    private final ValueCodec items;
    private final boolean distinct;

    CollectionValue(ValueCodec items, boolean distinct) {
        this.items = items;
        this.distinct = distinct;
    }

    @Override
    public String kind() {
        return "a list";
    }

    @Override
    public Tree encode(Object value) {
        Stream<Tree> trees = ((Collection<?>) value).stream().map(items::encode);
        return new Tree.Sequence((distinct ? trees.sorted(TreeOrder.INSTANCE) : trees).toList(), Place.NOWHERE);
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        if (!(tree instanceof Tree.Sequence sequence)) {
            at.unexpected(tree, "a list of " + items.kind());
            return null;
        }
        List<Object> values = new ArrayList<>();
        Set<Object> seen = new LinkedHashSet<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Tree item = sequence.items().get(i);
            Object value = items.decode(item, at.item(i));
            if (value == null) {
                continue;
            }
            values.add(value);
            if (!seen.add(value) && distinct) {
                at.item(i).problem(item.place(), "is there twice: " + Found.describe(item));
            }
        }
        return distinct ? Collections.unmodifiableSet(seen) : List.copyOf(values);
    }

    @Override
    public Tree annotated(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return Tree.scalar(text);
        }
        String inner = text.substring(1, text.length() - 1).strip();
        List<Tree> trees = inner.isEmpty()
                ? List.of()
                : Stream.of(inner.split(",", -1))
                        .map(item -> items.annotated(item.strip()))
                        .toList();
        return new Tree.Sequence(trees, Place.NOWHERE);
    }
}
