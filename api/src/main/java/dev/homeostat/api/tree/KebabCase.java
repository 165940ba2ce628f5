package dev.homeostat.api.tree;

import java.util.Locale;

/** Java names as they are written in documents. */
final class KebabCase {
    private KebabCase() {}

    /** {@code refreshInterval} → {@code refresh-interval}, {@code maxURLLength} → {@code max-url-length}. */
    static String ofComponent(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (i > 0 && beginsWord(name, i)) {
                out.append('-');
            }
            out.append(Character.toLowerCase(name.charAt(i)));
        }
        return out.toString().replace('_', '-');
    }

    /** {@code NOT_FOUND} → {@code not-found}. */
    static String ofConstant(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean beginsWord(String name, int i) {
        if (!Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        char before = name.charAt(i - 1);
        boolean endsAcronym = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return before != '_' && (!Character.isUpperCase(before) || endsAcronym);
    }
}
