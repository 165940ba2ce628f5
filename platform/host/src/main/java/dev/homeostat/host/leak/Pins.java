package dev.homeostat.host.leak;

import com.codahale.metrics.MetricRegistry;
import dev.homeostat.host.notice.Notices;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what keeps a plugin's class loader, wherever that can be looked at from within. The most common reasons come first. Safe for all threads.
 */
public final class Pins {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final int SHOWN = 12;

    private final List<PinFinder> finders;

    Pins(List<PinFinder> finders) {
        this.finders = List.copyOf(finders);
    }

    /** Looks at threads, at these three, and at what the JDK and the log keep for a whole process. */
    public static Pins in(MetricRegistry metrics, MBeanServer beans, Notices notices) {
        return new Pins(List.of(
                new ThreadPins(),
                new VirtualThreadPins(),
                new ThreadFieldPins(),
                new MetricPins(metrics),
                new BeanPins(beans),
                new NoticePins(notices),
                new LogbackPins(),
                new JulPins(),
                new ProcessPins()));
    }

    /** All that was found, each once. */
    List<Pin> of(Suspect suspect) {
        Set<Pin> found = new LinkedHashSet<>();
        for (PinFinder finder : finders) {
            try {
                finder.find(suspect, found::add);
            } catch (Exception | LinkageError | StackOverflowError e) { // among them what a plugin's own objects throw
                LOG.atWarn()
                        .addKeyValue("plugin", suspect.plugin())
                        .log("{} could not look for what keeps plugin {}", finder, suspect.plugin(), e);
            }
        }
        if (found.size() <= SHOWN) {
            return List.copyOf(found);
        }
        List<Pin> shown = new java.util.ArrayList<>(List.copyOf(found).subList(0, SHOWN));
        shown.add(new Pin((found.size() - SHOWN) + " more", "they are of the same kinds"));
        return List.copyOf(shown);
    }
}
