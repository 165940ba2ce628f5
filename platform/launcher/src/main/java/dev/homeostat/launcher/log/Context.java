package dev.homeostat.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** What an event is about, by name: what its thread says (its MDC), plugin and reconciler first, and then what the event itself says, which goes before it. */
final class Context {
    private static final List<String> FIRST = List.of("plugin", "reconciler");

    private Context() {}

    /** The names and values of an event, in the order in which they are shown. */
    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, String> thread = event.getMDCPropertyMap();
        List<KeyValuePair> own = event.getKeyValuePairs();
        for (String name : FIRST) {
            Object value = own == null ? null : valueOf(name, own);
            value = value == null ? thread.get(name) : value;
            if (value != null) {
                all.put(name, value);
            }
        }
        new TreeMap<>(thread).forEach((name, value) -> all.putIfAbsent(name, orNull(value)));
        if (own != null) {
            own.forEach(pair -> all.put(String.valueOf(pair.key), orNull(pair.value)));
        }
        return all;
    }

    /** Of a plugin's making, anything may be missing; the line is to be written all the same. */
    private static Object orNull(@Nullable Object value) {
        return value == null ? "null" : value;
    }

    private static @Nullable Object valueOf(String name, Collection<KeyValuePair> pairs) {
        Object value = null;
        for (KeyValuePair pair : pairs) {
            value = name.equals(pair.key) ? pair.value : value;
        }
        return value;
    }

    /** As text; what a plugin gave may throw. */
    static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException | Error e) {
            return value.getClass().getName();
        }
    }
}
