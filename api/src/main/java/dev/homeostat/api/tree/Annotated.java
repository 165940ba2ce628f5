package dev.homeostat.api.tree;

import java.util.ArrayList;
import java.util.List;

/** Values that stand as text in annotations of record components. */
final class Annotated {
    private Annotated() {}

    /** The value of such a text; what is wrong with it is its author's mistake. */
    static Object value(ValueCodec codec, String text) {
        List<Problem> problems = new ArrayList<>();
        Object value = codec.decode(codec.annotated(text), new Decoding("", problems));
        if (value == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().message() + " (in an annotation)");
        }
        return value;
    }
}
