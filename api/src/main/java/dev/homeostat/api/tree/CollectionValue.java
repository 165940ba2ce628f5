package dev.homeostat.api.tree;

import dev.homeostat.api.collection.PersistentSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists, in their order, and sets, whose items are written in a fixed order (persistent ones in their own) and must differ. */
final class CollectionValue implements ValueCodec {
    /** What a component holds. */
    enum Form {
        LIST,
        SET,
        PERSISTENT_SET
    }

    private final ValueCodec items;
    private final Form form;

    CollectionValue(ValueCodec items, Form form) {
        this.items = items;
        this.form = form;
    }

    @Override
    public String kind() {
        return "a list";
    }

    @Override
    public RecordField.Form form() {
        return RecordField.Form.LIST;
    }

    @Override
    public List<RecordField> fields(Set<Object> explained) {
        return items.fields(explained);
    }

    @Override
    public Tree encode(Object value) {
        Stream<Tree> trees = ((Collection<?>) value).stream().map(items::encode);
        return new Tree.Sequence((form == Form.SET ? trees.sorted(TreeOrder.INSTANCE) : trees).toList(), Place.NOWHERE);
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
            if (!seen.add(value) && form != Form.LIST) {
                at.item(i).problem(item.place(), "is there twice: " + described(item));
            }
        }
        return switch (form) {
            case LIST -> List.copyOf(values);
            case SET -> Collections.unmodifiableSet(seen);
            case PERSISTENT_SET -> persistent(seen);
        };
    }

    private String described(Tree item) {
        return items.form() == RecordField.Form.SECRET ? "a secret" : Found.describe(item);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the component's type says that they are comparable
    private static PersistentSet<?> persistent(Set<Object> values) {
        return PersistentSet.copyOf((Set) values);
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
