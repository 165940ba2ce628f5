package dev.homeostat.host.plugin;

import java.nio.file.Path;

/**
 * A plugin that runs and is to be replaced.
 *
 * @param entry the plugin
 * @param jar the jar that it is to be from
 * @param source where that is read: the same file, or a private copy of it
 */
record Change(PluginEntry entry, ReadJar jar, Path source) {}
