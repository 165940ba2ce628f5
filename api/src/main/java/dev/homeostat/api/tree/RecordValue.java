package dev.homeostat.api.tree;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record: a mapping with one key for each component. Immutable once its components were given. */
final class RecordValue implements ValueCodec {
    private final Class<?> type;
    private final MethodHandle constructor;
    private List<Component> components = List.of();
    private List<String> keys = List.of();

    RecordValue(Class<?> type, MethodHandle constructor) {
        this.type = type;
        this.constructor = constructor;
    }

    /** Completes this codec; apart from the constructor because a record may hold lists of itself. */
    void components(List<Component> all) {
        components = List.copyOf(all);
        keys = components.stream().map(Component::key).toList();
        if (keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException(type.getName() + ": two components have the same key: " + keys);
        }
    }

    @Override
    public String kind() {
        return "a mapping with " + (keys.isEmpty() ? "no keys" : String.join(", ", keys));
    }

    @Override
    public RecordField.Form form() {
        return RecordField.Form.RECORD;
    }

    @Override
    public List<RecordField> fields(Set<Object> explained) {
        if (!explained.add(this)) {
            return List.of();
        }
        List<RecordField> fields = components.stream()
                .map(component -> component.explain(explained))
                .toList();
        explained.remove(this);
        return fields;
    }

    @Override
    public Tree encode(Object value) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        components.forEach(component -> component.encode(value, entries));
        return new Tree.Mapping(entries, Place.NOWHERE);
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            boolean hidden = holdsSecrets(fields(new HashSet<>()));
            at.problem(
                    tree.place(),
                    "expected " + kind() + ", but found " + (hidden ? tree.kind() : Found.describe(tree)));
            return null;
        }
        List<Problem> problems = new ArrayList<>();
        Decoding here = at.collecting(problems);
        mapping.entries().forEach((key, value) -> {
            if (!keys.contains(key) && !here.drops(key)) {
                here.problem(value.place(), "unknown key \"" + key + "\"; " + NearestName.hint(key, keys));
            }
        });
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Component component : components) {
            arguments.add(component.decode(mapping, here));
        }
        Object row = problems.isEmpty() ? construct(arguments, mapping, here) : null;
        at.problems(problems);
        return row;
    }

    private static boolean holdsSecrets(List<RecordField> fields) {
        return fields.stream()
                .anyMatch(field -> field.form() == RecordField.Form.SECRET || holdsSecrets(field.fields()));
    }

    @Override
    public Tree annotated(String text) {
        return text.equals("{}") ? new Tree.Mapping(Map.of(), Place.NOWHERE) : Tree.scalar(text);
    }

    private @Nullable Object construct(List<@Nullable Object> arguments, Tree.Mapping mapping, Decoding at) {
        try {
            return constructor.invokeWithArguments(arguments);
        } catch (DocumentException e) {
            at.problems(e.problems());
        } catch (Exception e) {
            at.problem(mapping.place(), e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(type.getName() + ": its constructor threw " + e, e);
        }
        return null;
    }
}
