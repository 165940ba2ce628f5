package dev.homeostat.host.plugin;

import dev.homeostat.host.deploy.FoundJar;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A jar in a plugin directory, and what was read of it.
 *
 * @param file the jar
 * @param descriptor the plugin in it; null when there is none
 * @param problem why it cannot be started; empty when nothing speaks against trying
 */
record ReadJar(FoundJar file, @Nullable PluginDescriptor descriptor, String problem) {
    /** The id of the plugin in it. */
    Optional<String> id() {
        return Optional.ofNullable(descriptor).map(PluginDescriptor::id);
    }

    String version() {
        return descriptor == null ? "" : descriptor.version();
    }

    /** {@code 1.1.0 in plugins/memos.jar}, as far as it is known. */
    String label() {
        return descriptor == null ? file.shown() : descriptor.version() + " in " + file.shown();
    }

    ReadJar at(FoundJar other) {
        return new ReadJar(other, descriptor, problem);
    }
}
