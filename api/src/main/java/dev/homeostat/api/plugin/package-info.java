/**
 * What a plugin is and what it may contribute. A plugin implements {@link dev.homeostat.api.plugin.Plugin}; the host calls it once with a
 * {@link dev.homeostat.api.plugin.PluginContext}, which owns all that the plugin contributes and takes it away again when the plugin stops.
 */
package dev.homeostat.api.plugin;
