package dev.homeostat.api.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The text of composite keys: parts with slashes between them, where a backslash takes the meaning from the character that follows. */
final class PartsText {
    private PartsText() {}

    static String join(String... parts) {
        return Arrays.stream(parts)
                .map(part -> part.replace("\\", "\\\\").replace("/", "\\/"))
                .collect(Collectors.joining("/"));
    }

    /** What composite keys are, where each of their parts says what it is. */
    static String kind(KeyType<?>... parts) {
        List<String> kinds = Arrays.stream(parts).map(KeyType::kind).toList();
        return kinds.contains("")
                ? parts.length + " parts with slashes between them"
                : parts.length + " parts with slashes between them: " + String.join("; ", kinds);
    }

    static List<String> split(String text, int count) {
        List<String> parts = split(text);
        if (parts.size() != count) {
            throw new IllegalArgumentException("\"" + text + "\" has " + parts.size() + " parts instead of " + count
                    + "; parts have slashes between them, and a slash in a part is written \\/");
        }
        return parts;
    }

    /** Appends the whole parts before the last slash, and the beginning that comes after it; that of a part of fixed length is the whole one, or nothing. */
    static void writePrefix(String text, KeyOutput out, KeyType<?>... types) {
        List<String> parts = split(text);
        if (parts.size() > types.length) {
            throw new IllegalArgumentException("\"" + text + "\" has " + parts.size() + " parts, where such a key has "
                    + types.length + "; a slash in a part is written \\/");
        }
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            writePart(types[i], parts.get(i), out);
        }
        KeyType<?> type = types[last];
        if (!type.isFixed() && last == types.length - 1) {
            type.writePrefix(parts.get(last), out);
        } else if (!type.isFixed()) {
            type.writePartPrefix(parts.get(last), out);
        } else if (!parts.get(last).isEmpty()) {
            writePart(type, parts.get(last), out);
        }
    }

    private static <K> void writePart(KeyType<K> type, String part, KeyOutput out) {
        type.writePart(type.parse(part), out);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
