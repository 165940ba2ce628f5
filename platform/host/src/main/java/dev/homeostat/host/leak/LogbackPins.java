package dev.homeostat.host.leak;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Iterator;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Appenders, filters and listeners of Logback. */
final class LogbackPins implements PinFinder {
    private static final String REMEDY = "take it away in ctx.onStop";

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        for (Logger logger : context.getLoggerList()) {
            for (Iterator<Appender<ILoggingEvent>> all = logger.iteratorForAppenders(); all.hasNext(); ) {
                look(suspect, logger.getName(), all.next(), found);
            }
        }
        context.getTurboFilterList().forEach(filter -> tell(suspect, filter, "turbo filter of the log, class ", found));
        context.getCopyOfListenerList()
                .forEach(listener -> tell(suspect, listener, "listener of the log, class ", found));
    }

    private static void look(Suspect suspect, String logger, Appender<?> appender, Consumer<Pin> found) {
        String where = "appender \"" + appender.getName() + "\" of logger \"" + logger + "\", class ";
        tell(suspect, appender, where, found);
        appender.getCopyOfAttachedFiltersList().forEach(filter -> tell(suspect, filter, "filter of " + where, found));
    }

    private static void tell(Suspect suspect, Object thing, String where, Consumer<Pin> found) {
        if (suspect.isKeptBy(thing)) {
            found.accept(new Pin(where + ProcessPins.className(thing), REMEDY));
        }
    }
}
