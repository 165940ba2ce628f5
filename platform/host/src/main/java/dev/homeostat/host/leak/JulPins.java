package dev.homeostat.host.leak;

import java.util.Collections;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Handlers, filters and levels of java.util.logging. */
final class JulPins implements PinFinder {
    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger != null) {
                look(suspect, logger, "java.util.logging logger \"" + name + "\"", found);
            }
        }
    }

    private static void look(Suspect suspect, Logger logger, String where, Consumer<Pin> found) {
        tell(suspect, logger, where, found);
        tell(suspect, logger.getFilter(), "filter of " + where, found);
        tell(suspect, logger.getLevel(), "level of " + where, found);
        tell(suspect, logger.getResourceBundle(), "resource bundle of " + where, found);
        for (Handler handler : logger.getHandlers()) {
            tell(suspect, handler, "handler of " + where, found);
            tell(suspect, handler.getFilter(), "filter of a handler of " + where, found);
            tell(suspect, handler.getFormatter(), "formatter of a handler of " + where, found);
            tell(suspect, handler.getErrorManager(), "error manager of a handler of " + where, found);
        }
    }

    private static void tell(Suspect suspect, @Nullable Object thing, String where, Consumer<Pin> found) {
        if (thing != null && suspect.isKeptBy(thing)) {
            found.accept(new Pin(where + ", class " + ProcessPins.className(thing), "take it away in ctx.onStop"));
        }
    }
}
