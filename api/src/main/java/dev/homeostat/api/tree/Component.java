package dev.homeostat.api.tree;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One component of a record: its key, its codec, and what holds when it is left out. Immutable once its default was checked. */
final class Component {
    private final String owner;
    private final String key;
    private final ValueCodec codec;
    private final MethodHandle accessor;
    private final boolean nullable;
    private final @Nullable String fallback;
    private final String description;
    private @Nullable Object fallbackValue;

    Component(RecordComponent component, ValueCodec codec, MethodHandles.Lookup lookup) throws IllegalAccessException {
        this.owner = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        this.key = KebabCase.ofComponent(component.getName());
        this.codec = codec;
        this.accessor = lookup.unreflect(component.getAccessor());
        this.nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Default annotation = component.getAnnotation(Default.class);
        this.fallback = annotation == null ? null : annotation.value();
        Description described = component.getAnnotation(Description.class);
        this.description = described == null ? "" : described.value();
        if (fallback != null && codec.form() == RecordField.Form.SECRET) {
            throw new IllegalArgumentException(
                    owner + ": a secret cannot have a @Default, which everybody can read; make it @Nullable");
        }
        if (nullable && component.getType().isPrimitive()) {
            throw new IllegalArgumentException(owner + ": a primitive component cannot be @Nullable");
        }
    }

    String key() {
        return key;
    }

    /** What it is, for people. */
    RecordField explain(Set<Object> explained) {
        return new RecordField(
                key,
                codec.kind(),
                codec.form(),
                codec.bounds(),
                fallback,
                nullable || (fallback == null && codec.whenLeftOut() != null),
                description,
                codec.fields(explained));
    }

    /** Makes the default's value; fails for one that the component's own codec refuses. */
    void checkDefault() {
        if (fallback != null) {
            try {
                fallbackValue = Annotated.value(codec, fallback);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(owner + ": " + e.getMessage(), e);
            }
        }
    }

    /** Puts the component's value of that record into the entries, unless leaving it out says the same. */
    void encode(Object row, Map<String, Tree> entries) {
        Object value = read(row);
        if (value != null) {
            entries.put(key, codec.encode(value));
        } else if (!nullable) {
            throw new NullPointerException(owner + " is null, and is not @Nullable");
        } else if (fallback != null) {
            entries.put(key, Tree.scalar(null));
        }
    }

    /** The value, or null for none or after a complaint. */
    @Nullable
    Object decode(Tree.Mapping document, Decoding at) {
        Tree tree = document.entries().get(key);
        if (tree == null) {
            return leftOut(document, at);
        }
        if (tree instanceof Tree.Scalar scalar && scalar.value() == null) {
            if (!nullable) {
                at.key(key).problem(tree.place(), "expected " + codec.kind() + ", but found nothing" + wayOut());
            }
            return null;
        }
        return codec.decode(tree, at.key(key));
    }

    private @Nullable Object leftOut(Tree.Mapping document, Decoding at) {
        if (fallback != null) {
            return fallbackValue != null ? fallbackValue : Annotated.value(codec, fallback);
        }
        if (nullable) {
            return null;
        }
        Object value = codec.whenLeftOut();
        if (value == null) {
            at.problem(document.place(), "\"" + key + "\" is missing: " + codec.kind());
        }
        return value;
    }

    private String wayOut() {
        return fallback == null ? "" : "; leave the key out for the default, " + Found.quoted(fallback);
    }

    private @Nullable Object read(Object row) {
        try {
            return accessor.invoke(row);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(owner + ": its accessor threw " + e, e);
        }
    }
}
