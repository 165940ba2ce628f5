package dev.homeostat.host.plugin;

import java.nio.file.Path;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The load of a plugin in a recording of the JVM. It has names and no classes, so that it keeps none. */
@Name("dev.homeostat.PluginLoad")
@Label("Plugin Load")
@Category({"Homeostat", "Plugins"})
@Description("A plugin's classes are loaded and it says what it contributes; nothing of it is started yet")
@Threshold("0 ms")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class PluginLoadEvent extends Event {
    @Label("Plugin")
    private @Nullable String plugin;

    @Label("Version")
    private @Nullable String version;

    @Label("Jar")
    @Description("The file that it was loaded from")
    private @Nullable String jar;

    @Label("Isolation")
    @Description("How its classes are kept apart; empty when they could not be loaded")
    private String isolation = "";

    @Label("Class Loading")
    @Description("How long its jar was looked at and its classes loaded; what is left is its contribute(…)")
    @Timespan
    private long classLoading;

    @Label("Error")
    @Description("Why it was refused")
    private @Nullable String error;

    private transient long begunNanos;

    private PluginLoadEvent() {}

    static PluginLoadEvent begun() {
        PluginLoadEvent event = new PluginLoadEvent();
        event.begunNanos = System.nanoTime();
        event.begin();
        return event;
    }

    /** Its classes are loaded. */
    void classesLoaded(PluginCode code) {
        classLoading = System.nanoTime() - begunNanos;
        isolation = code.isolation();
    }

    void ended(PluginDescriptor descriptor, Path from, @Nullable Throwable failure) {
        end();
        if (shouldCommit()) {
            plugin = descriptor.id();
            version = descriptor.version();
            jar = from.toString();
            error = failure == null ? null : Reasons.of(failure);
            commit();
        }
    }
}
