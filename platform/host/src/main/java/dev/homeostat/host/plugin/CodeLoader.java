package dev.homeostat.host.plugin;

import java.nio.file.Path;
import java.util.List;

/** Reads plugin jars and makes their classes; several versions of a plugin can be loaded at a time. Used by the lifecycle thread only. */
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
     * Loads a plugin from a private copy of its jar.
     *
     * @param dependencies the loaded versions of the plugins that it is to see
     * @throws PluginRefusedException if that is impossible; nothing of it is left behind
     */
    PluginCode load(PluginDescriptor descriptor, Path jar, List<PluginCode> dependencies);

    /** Gives up classes, closes their files and deletes their private copy. Does nothing when that was done. */
    void unload(PluginCode code);

    /** Deletes what is left on disk. */
    @Override
    void close();
}
