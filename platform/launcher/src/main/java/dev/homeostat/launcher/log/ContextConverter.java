package dev.homeostat.launcher.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;

/**
 * {@code %context} in a pattern: what the event is about, each as {@code key=value} after a blank, such as {@code  plugin=memos reconciler=memos/memos key="a b"
 * attempt=2}. A value with a blank, a quotation mark, a backslash or an equals sign, and an empty one, stands in quotation marks; in these, a
 * quotation mark and a backslash have a backslash before them. Names in braces are left out: {@code %context{plugin,reconciler}}.
 */
public final class ContextConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        List<String> leftOut = getOptionList();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> one : Context.of(event).entrySet()) {
            if (leftOut == null || !leftOut.contains(one.getKey())) {
                text.append(' ').append(one.getKey()).append('=');
                append(Context.text(one.getValue()), text);
            }
        }
        return text.toString();
    }

    private static void append(String value, StringBuilder text) {
        boolean plain = !value.isEmpty()
                && value.chars().noneMatch(c -> c == ' ' || c == '"' || c == '\\' || c == '=' || c < ' ');
        if (plain) {
            text.append(value);
            return;
        }
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        text.append('"');
    }
}
