package dev.homeostat.launcher.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;

/**
 * How a log line looks: by a pattern, or as JSON where {@code format} says so. In the pattern, {@code %context} is what the event is about, see {@link
 * ContextConverter}.
 *
 * <p>It is a pattern layout whose text a terminal only shows, and never obeys, and in which only the beginning of an event begins a line at its first column: keys, paths and
 * messages of exceptions are of anybody's making, and must neither rename a window nor look like a log line that nobody wrote.
 *
 * <p>Control and formatting characters become escapes such as {@code \\u001b}. Lines after the first are indented by a tab, as those of stack traces are.
 */
public final class PrintableLayout extends PatternLayout {
    private static final String TEXT = "text";
    private static final String JSON = "json";

    private boolean json;

    /** A layout by the pattern, until another format is set. */
    public PrintableLayout() {
        getInstanceConverterMap().put("context", ContextConverter::new);
        List.of("m", "msg", "message").forEach(word -> getInstanceConverterMap().put(word, OneLineMessage::new));
    }

    /** Sets how events are written: {@code text}, by the pattern, or {@code json}, one object a line. Anything else is reported to Logback, and is text. */
    public void setFormat(String format) {
        json = format.equals(JSON);
        if (!json && !format.equals(TEXT)) {
            addError("format: must be text or json, but was " + format);
        }
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        return json ? JsonLine.of(event) : printable(super.doLayout(event));
    }

    static String printable(String text) {
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append(text.startsWith("\t", i + 1) ? "\n" : "\n\t");
            } else if (c == '\t' || isPlain(c)) {
                out.append(c);
            } else {
                out.append(c == '\r' ? "\\r" : String.format("\\u%04x", (int) c));
            }
        }
        return out.append(text, end, text.length()).toString();
    }

    /** Whether it neither controls anything nor changes how its neighbours are shown (bidirectional marks, separators of lines). */
    static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
