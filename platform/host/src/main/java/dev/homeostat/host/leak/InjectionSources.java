package dev.homeostat.host.leak;

import com.google.inject.internal.util.StackTraceElements;
import java.lang.reflect.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Guice remembers of classes that it told a fault of: the lines of their members, softly, in a static cache ({@code lineNumbersCache}, seen in 7.0.0). A
 * plugin whose injection failed is held so until memory gets scarce, which may be never.
 */
final class InjectionSources {
    private static final Logger LOG = LoggerFactory.getLogger(InjectionSources.class);

    private InjectionSources() {}

    /** Has Guice forget them; it reads them again where it needs them. */
    static void forget() {
        try {
            Field field = StackTraceElements.class.getDeclaredField("lineNumbersCache");
            field.setAccessible(true); // Guice is an automatic module, and those are open
            Object cache = field.get(null);
            field.getType().getMethod("invalidateAll").invoke(cache);
        } catch (ReflectiveOperationException | RuntimeException e) { // another version of Guice may not have it
            LOG.debug("Guice keeps the lines of members elsewhere", e);
        }
    }
}
