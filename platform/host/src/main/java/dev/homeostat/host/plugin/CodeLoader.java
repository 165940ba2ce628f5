package dev.homeostat.host.plugin;

import java.nio.file.Path;

/** Reads plugin jars and makes their classes. Used by the lifecycle thread only. */
public interface CodeLoader extends AutoCloseable {
    /**
     * Reads a jar's manifest.
     *
     * @throws PluginRefusedException if there is no plugin in it
     */
    PluginDescriptor describe(Path jar);

    /**
     * Checks what can be checked without a plugin's classes.
     *
     * @throws PluginRefusedException if it needs another API, or its versions are none
     */
    void verify(PluginDescriptor descriptor);

    /** Whether a version lies in a range such as {@code >=1.0.0 & <2.0.0}; {@code *} holds all. */
    boolean accepts(String range, String version);

    /**
     * Loads a plugin from a private copy of its jar. Those that it depends on were loaded before.
     *
     * @throws PluginRefusedException if that is impossible; nothing of it is left behind
     */
    PluginCode load(PluginDescriptor descriptor, Path jar);

    /** Gives up a plugin's classes, closes its files and deletes its private copy. Does nothing for one that is not loaded. */
    void unload(String id);

    /** Deletes what is left on disk. */
    @Override
    void close();
}
