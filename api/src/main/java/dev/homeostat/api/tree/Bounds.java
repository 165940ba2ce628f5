package dev.homeostat.api.tree;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number or a duration with a smallest or largest value. */
final class Bounds implements ValueCodec {
    private final ValueCodec values;
    private final List<Bound> bounds;

    private Bounds(ValueCodec values, List<Bound> bounds) {
        this.values = values;
        this.bounds = bounds;
    }

    /** The codec with the bounds that the component's annotations set, if any. */
    static ValueCodec of(RecordComponent component, ValueCodec values) {
        List<Bound> bounds = new ArrayList<>();
        AtLeast least = component.getAnnotation(AtLeast.class);
        if (least != null) {
            bounds.add(new Bound("at least", least.value(), limit(values, least.value()), order -> order >= 0));
        }
        AtMost most = component.getAnnotation(AtMost.class);
        if (most != null) {
            bounds.add(new Bound("at most", most.value(), limit(values, most.value()), order -> order <= 0));
        }
        return bounds.isEmpty() ? values : new Bounds(values, bounds);
    }

    @Override
    public String kind() {
        return values.kind();
    }

    @Override
    public RecordField.Form form() {
        return values.form();
    }

    @Override
    public String bounds() {
        return bounds.stream().map(bound -> bound.words + " " + bound.text).collect(Collectors.joining(", "));
    }

    @Override
    public Tree encode(Object value) {
        return values.encode(value);
    }

    @Override
    public @Nullable Object decode(Tree tree, Decoding at) {
        Object value = values.decode(tree, at);
        if (value == null) {
            return null;
        }
        for (Bound bound : bounds) {
            if (!bound.holds(value)) {
                String found = tree instanceof Tree.Scalar scalar ? Found.written(scalar) : tree.kind();
                at.problem(tree.place(), "must be " + bound.words + " " + bound.text + ", but was " + found);
                return null;
            }
        }
        return value;
    }

    @Override
    public Tree annotated(String text) {
        return values.annotated(text);
    }

    private static Object limit(ValueCodec values, String text) {
        if (!(values instanceof WholeNumberValue
                || values instanceof DecimalValue
                || values instanceof DurationValue)) {
            throw new IllegalArgumentException("@AtLeast and @AtMost are for numbers and durations");
        }
        return Annotated.value(values, text);
    }

    /** One bound; {@code holds} takes the sign of value compared to limit. */
    private record Bound(String words, String text, Object limit, IntPredicate fits) {
        @SuppressWarnings("unchecked") // both come from one codec, whose values are comparable
        boolean holds(Object value) {
            return !(value instanceof Double number && number.isNaN())
                    && fits.test(((Comparable<Object>) value).compareTo(limit));
        }
    }
}
