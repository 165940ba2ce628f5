package dev.homeostat.api.tree;

import dev.homeostat.api.collection.PersistentMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Maps with text keys, in the order in which they are written; persistent ones in the order of their keys. */
final class MapValue implements ValueCodec {
    private final ValueCodec values;
    private final UnaryOperator<Map<String, Object>> form;

    private MapValue(ValueCodec values, UnaryOperator<Map<String, Object>> form) {
        this.values = values;
        this.form = form;
    }

    static MapValue map(ValueCodec values) {
        return new MapValue(values, Collections::unmodifiableMap);
    }

    static MapValue persistentMap(ValueCodec values) {
        return new MapValue(values, PersistentMap::copyOf);
    }

    @Override
    public String kind() {
        return "a mapping";
    }

    @Override
    public RecordField.Form form() {
        return RecordField.Form.MAP;
    }

    @Override
    public List<RecordField> fields(Set<Object> explained) {
        return values.fields(explained);
    }

    @Override
    public Tree encode(Object value) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, one) -> entries.put((String) key, values.encode(one)));
        return new Tree.Mapping(entries, Place.NOWHERE);
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            at.unexpected(tree, kind());
            return null;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        mapping.entries().forEach((key, one) -> {
            Object value = values.decode(one, at.key(key));
            if (value != null) {
                result.put(key, value);
            }
        });
        return form.apply(result);
    }

    @Override
    public Tree annotated(String text) {
        return text.equals("{}") ? new Tree.Mapping(Map.of(), Place.NOWHERE) : Tree.scalar(text);
    }
}
