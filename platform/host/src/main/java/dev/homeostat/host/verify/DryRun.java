package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Does with jars what a start does, by the same rules, up to the point where classes would be made. Used by one thread. */
public interface DryRun extends AutoCloseable {
    /** A jar that was copied and counted. */
    interface Opened {
        /** The sum of the copy, in hexadecimal digits. */
        String sha256();
    }

    /** A jar whose modules, or classes without modules, would be put together. */
    interface Resolved {
        /** How it would be kept apart, for people. */
        String isolation();

        /** The name of its module, where it is one. */
        Optional<String> module();

        /**
         * The class that implements the plugin, which is not loaded.
         *
         * @throws PluginRefusedException if it cannot be the plugin's, or there is none
         */
        String pluginClass();
    }

    /** Reads a jar's manifest, see {@link dev.homeostat.host.plugin.CodeLoader#describe}. */
    PluginDescriptor describe(Path jar);

    /** All that a start would object to in versions and ranges. */
    List<PluginRefusedException> versions(PluginDescriptor descriptor);

    /** Whether a version lies in a range. */
    boolean accepts(String range, String version);

    /**
     * Makes a private copy of a jar and looks through it.
     *
     * @throws PluginRefusedException if it would not be opened for loading
     */
    Opened open(PluginDescriptor descriptor, Path jar);

    /**
     * Puts its modules together, upon those of the plugins that it needs.
     *
     * @throws PluginRefusedException if they do not fit
     */
    Resolved resolve(PluginDescriptor descriptor, Opened jar, List<Resolved> dependencies);

    /** Deletes the copies. */
    @Override
    void close();
}
