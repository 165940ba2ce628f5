/**
 * The life of plugins: found, ordered, loaded one by one, asked to contribute, activated, and stopped in reverse order.
 *
 * <p>{@link dev.homeostat.host.plugin.Plugins} is the whole of it, and works on one thread. Everything that a plugin contributes is a
 * {@link dev.homeostat.host.plugin.Contribution} in its {@link dev.homeostat.host.plugin.PluginScope}; what it is given in return are revocable handles.
 * Classes come from a {@link dev.homeostat.host.plugin.CodeLoader}.
 */
package dev.homeostat.host.plugin;
