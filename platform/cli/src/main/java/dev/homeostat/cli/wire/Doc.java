package dev.homeostat.cli.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object of the host's. What it lacks, because the host is another version, reads as empty: a command shows what it can. */
public record Doc(Map<String, @Nullable Object> fields) {
    public static final Doc EMPTY = new Doc(Map.of());

    @SuppressWarnings("unchecked") // Json.parse makes no other maps
    public static Doc of(@Nullable Object value) {
        return value instanceof Map ? new Doc((Map<String, @Nullable Object>) value) : EMPTY;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public String text(String name) {
        return Objects.toString(fields.get(name), "");
    }

    public long number(String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** The time in that field; {@link Instant#EPOCH} when there is none. */
    public Instant time(String name) {
        String text = text(name);
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    public Doc doc(String name) {
        return of(fields.get(name));
    }

    public List<Doc> docs(String name) {
        return items(name).stream().map(Doc::of).toList();
    }

    public List<String> texts(String name) {
        return items(name).stream().map(String::valueOf).toList();
    }

    private List<?> items(String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }

    /** The same with one more field, at the end. */
    public Doc with(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Doc(more);
    }
}
