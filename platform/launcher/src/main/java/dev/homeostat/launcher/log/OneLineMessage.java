package dev.homeostat.launcher.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %msg} in a pattern, in one line: the ends of lines in it are shown as {@code \n}. */
public final class OneLineMessage extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        return message.indexOf('\n') < 0
                ? message
                : message.stripTrailing().replace("\r\n", "\n").replace("\n", "\\n");
    }
}
