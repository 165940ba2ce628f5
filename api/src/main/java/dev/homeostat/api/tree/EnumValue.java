package dev.homeostat.api.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of an enum, in kebab-case. */
final class EnumValue implements ValueCodec {
    private final Map<String, Enum<?>> constants = new LinkedHashMap<>();

    EnumValue(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            constants.put(KebabCase.ofConstant((Enum<?>) constant), (Enum<?>) constant);
        }
    }

    @Override
    public String kind() {
        return "one of " + String.join(", ", constants.keySet());
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(KebabCase.ofConstant((Enum<?>) value));
    }

    @Override
    public @Nullable Enum<?> decode(Tree tree, Decoding at) {
        String text = TextValue.text(tree, kind(), at);
        Enum<?> constant = text == null ? null : constants.get(text);
        if (text != null && constant == null) {
            at.unexpected(tree, kind());
        }
        return constant;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }
}
