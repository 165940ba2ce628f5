package dev.homeostat.host.plugin;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The end of a loaded version of a plugin in a recording of the JVM. It has names and no classes, so that it keeps none. */
@Name("dev.homeostat.PluginUnload")
@Label("Plugin Unload")
@Category({"Homeostat", "Plugins"})
@Description("A plugin stops and its classes are given up; where it is replaced, the new version starts in between")
@Threshold("0 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class PluginUnloadEvent extends Event {
    @Label("Plugin")
    private @Nullable String plugin;

    @Label("Version")
    private @Nullable String version;

    @Label("Stopping")
    @Description("How long it took until it had stopped, together with those that stopped at the same time")
    @Timespan
    private long stopping;

    private transient long begunNanos;

    private PluginUnloadEvent() {}

    static PluginUnloadEvent begun() {
        PluginUnloadEvent event = new PluginUnloadEvent();
        event.begunNanos = System.nanoTime();
        event.begin();
        return event;
    }

    void stopped() {
        stopping = System.nanoTime() - begunNanos;
    }

    void ended(PluginDescriptor descriptor) {
        end();
        if (shouldCommit()) {
            plugin = descriptor.id();
            version = descriptor.version();
            commit();
        }
    }
}
