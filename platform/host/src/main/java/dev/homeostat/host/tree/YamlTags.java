package dev.homeostat.host.tree;

import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags of YAML's core schema, the only ones that are read: others ask for classes, which no document may. */
final class YamlTags {
    static final String NON_SPECIFIC = "!";
    static final String TEXT = "tag:yaml.org,2002:str";

    private static final String PREFIX = "tag:yaml.org,2002:";
    private static final Set<String> SCALARS = Set.of("str", "int", "float", "bool", "null");

    private YamlTags() {}

    static boolean isScalar(String tag) {
        return tag.equals(NON_SPECIFIC) || (tag.startsWith(PREFIX) && SCALARS.contains(tag.substring(PREFIX.length())));
    }

    static boolean isMapping(String tag) {
        return tag.equals(NON_SPECIFIC) || tag.equals(PREFIX + "map");
    }

    static boolean isSequence(String tag) {
        return tag.equals(NON_SPECIFIC) || tag.equals(PREFIX + "seq");
    }

    /** Whether a value is what a scalar tag says. */
    static boolean fits(String tag, @Nullable Object value) {
        return switch (tag.substring(PREFIX.length())) {
            case "int" -> value instanceof Long || value instanceof BigInteger;
            case "float" -> value instanceof Double;
            case "bool" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> false;
        };
    }

    /** As a person writes it: {@code !!str}. */
    static String shown(String tag) {
        return tag.startsWith(PREFIX) ? "!!" + tag.substring(PREFIX.length()) : tag;
    }
}
