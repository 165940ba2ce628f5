package dev.homeostat.launcher.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * An event as one line of JSON: an object with {@code time} (UTC, to the millisecond), {@code level}, {@code logger}, {@code thread}, {@code message}, then what it
 * is about, each under its own name, and {@code stack} where something was thrown. Numbers and truth values are such; everything else is text. What has the name
 * of one of ours has a {@code _} before it.
 */
final class JsonLine {
    private static final Set<String> OURS = Set.of("time", "level", "logger", "thread", "message", "stack");

    private final StringBuilder out = new StringBuilder(256);

    private JsonLine() {}

    /** The line, with its end. */
    static String of(ILoggingEvent event) {
        JsonLine line = new JsonLine();
        line.field("time", event.getInstant().truncatedTo(ChronoUnit.MILLIS));
        line.field("level", event.getLevel());
        line.field("logger", event.getLoggerName());
        line.field("thread", event.getThreadName());
        line.field("message", String.valueOf(event.getFormattedMessage()));
        for (Map.Entry<String, Object> one : Context.of(event).entrySet()) {
            line.field(OURS.contains(one.getKey()) ? "_" + one.getKey() : one.getKey(), one.getValue());
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.field("stack", ThrowableProxyUtil.asString(thrown).stripTrailing());
        }
        return line.out.append("}\n").toString();
    }

    private void field(String name, Object value) {
        out.append(out.isEmpty() ? '{' : ',');
        text(name);
        out.append(':');
        switch (value) {
            case Byte _, Short _, Integer _, Long _, Boolean _ -> out.append(value);
            case Double number when Double.isFinite(number) -> out.append(number);
            case Float number when Float.isFinite(number) -> out.append(number);
            default -> text(Context.text(value));
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (PrintableLayout.isPlain(c)) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }
}
