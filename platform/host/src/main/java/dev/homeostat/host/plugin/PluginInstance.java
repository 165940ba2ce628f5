package dev.homeostat.host.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One loaded version of a plugin, equal to itself only. Used by the lifecycle thread only. */
final class PluginInstance {
    private final PluginDescriptor descriptor;
    private final PluginCode code;
    private final PluginScope scope;
    private final List<PluginInstance> dependencies;
    private @Nullable PluginUnloadEvent unloading;

    /**
     * Its parts.
     *
     * @param descriptor what its manifest says
     * @param code its classes
     * @param scope all that it contributes
     * @param dependencies the plugins that it is loaded upon
     */
    PluginInstance(PluginDescriptor descriptor, PluginCode code, PluginScope scope, List<PluginInstance> dependencies) {
        this.descriptor = descriptor;
        this.code = code;
        this.scope = scope;
        this.dependencies = List.copyOf(dependencies);
    }

    PluginDescriptor descriptor() {
        return descriptor;
    }

    String id() {
        return descriptor.id();
    }

    PluginCode code() {
        return code;
    }

    PluginScope scope() {
        return scope;
    }

    /** It is about to be stopped. */
    void stops() {
        unloading = PluginUnloadEvent.begun();
    }

    /** What a recording of the JVM is told of its end, which begins now if it has not. */
    PluginUnloadEvent unloading() {
        PluginUnloadEvent begun = unloading;
        if (begun == null) {
            begun = PluginUnloadEvent.begun();
            unloading = begun;
        }
        return begun;
    }

    /** Whether it was loaded upon that one, directly or not. */
    boolean needs(PluginInstance other) {
        return dependencies.stream().anyMatch(one -> one.equals(other) || one.needs(other));
    }

    @Override
    public String toString() {
        return descriptor.label();
    }
}
