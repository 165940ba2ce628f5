package dev.homeostat.api.tree;

import dev.homeostat.api.collection.PersistentMap;
import dev.homeostat.api.collection.PersistentSet;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the codec of a Java type; remembers records, which may contain themselves. Used for one codec, by one thread. */
final class CodecFactory {
    private static final String SUPPORTED =
            "text, boolean, int, long, double, Duration, Instant, Path, Secret, enums, records, classes with a"
                    + " TreeForm, Tree, and List, Set, PersistentSet, Map<String, …> and PersistentMap<String, …> of"
                    + " these";

    private final MethodHandles.Lookup lookup;
    private final Map<Class<?>, RecordValue> records = new HashMap<>();
    private final List<Component> unchecked = new ArrayList<>();

    CodecFactory(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    /** The codec of a record class with all that it is made of; its defaults were checked. */
    RecordValue root(Class<?> type) {
        RecordValue root = record(type);
        unchecked.forEach(Component::checkDefault);
        return root;
    }

    private RecordValue record(Class<?> type) {
        RecordValue known = records.get(type);
        if (known != null) {
            return known;
        }
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, lookup);
            RecordValue codec = new RecordValue(type, constructor(type, inside));
            records.put(type, codec);
            List<Component> components = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                components.add(component(component, inside));
            }
            codec.components(components);
            unchecked.addAll(components);
            return codec;
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    type.getName() + ": the lookup cannot see into it; give MethodHandles.lookup() of its own module",
                    e);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + ": a record without its canonical constructor", e);
        }
    }

    private static MethodHandle constructor(Class<?> type, MethodHandles.Lookup inside)
            throws NoSuchMethodException, IllegalAccessException {
        List<Class<?>> types = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
        }
        return inside.findConstructor(type, MethodType.methodType(void.class, types));
    }

    private Component component(RecordComponent component, MethodHandles.Lookup inside) throws IllegalAccessException {
        try {
            ValueCodec codec = codec(component.getGenericType());
            return new Component(component, Bounds.of(component, codec), inside);
        } catch (UnsupportedType e) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private ValueCodec codec(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new UnsupportedType(type);
        }
        ValueCodec scalar = scalar(plain);
        if (scalar != null) {
            return scalar;
        }
        if (TreeForm.class.isAssignableFrom(plain)) {
            return TreeFormValue.of(lookup, plain);
        }
        if (plain.isRecord() && plain.getTypeParameters().length == 0) {
            return record(plain);
        }
        if (plain.isEnum()) {
            return new EnumValue(plain);
        }
        if (plain == Tree.class) {
            return TreeValue.INSTANCE;
        }
        throw new UnsupportedType(type);
    }

    private static @Nullable ValueCodec scalar(Class<?> type) {
        if (type == String.class) {
            return TextValue.INSTANCE;
        } else if (type == boolean.class || type == Boolean.class) {
            return FlagValue.INSTANCE;
        } else if (type == int.class || type == Integer.class) {
            return WholeNumberValue.INT;
        } else if (type == long.class || type == Long.class) {
            return WholeNumberValue.LONG;
        } else if (type == double.class || type == Double.class) {
            return DecimalValue.INSTANCE;
        } else if (type == Duration.class) {
            return DurationValue.INSTANCE;
        } else if (type == Path.class) {
            return ParsedText.PATH;
        } else if (type == Instant.class) {
            return ParsedText.INSTANT;
        } else if (type == Secret.class) {
            return SecretValue.INSTANCE;
        }
        return null;
    }

    private ValueCodec container(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        Type raw = type.getRawType();
        if (raw == List.class) {
            return new CollectionValue(codec(arguments[0]), CollectionValue.Form.LIST);
        } else if (raw == Set.class) {
            return new CollectionValue(codec(arguments[0]), CollectionValue.Form.SET);
        } else if (raw == PersistentSet.class) {
            return new CollectionValue(codec(arguments[0]), CollectionValue.Form.PERSISTENT_SET);
        } else if (raw == Map.class && arguments[0] == String.class) {
            return MapValue.map(codec(arguments[1]));
        } else if (raw == PersistentMap.class && arguments[0] == String.class) {
            return MapValue.persistentMap(codec(arguments[1]));
        }
        throw new UnsupportedType(type);
    }

    /** A component's type has no form in documents. */
    private static final class UnsupportedType extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnsupportedType(Type type) {
            super("type " + type.getTypeName() + " has no form in documents; there are forms for " + SUPPORTED);
        }
    }
}
