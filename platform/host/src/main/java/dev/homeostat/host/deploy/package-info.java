/**
 * Looks at the plugin directories: which jars lie there, and which of them are whole.
 *
 * <p>What is found is told as one picture of all directories, not as a list of what happened: who takes the newest picture has missed nothing, however long it
 * was busy. What a change of the picture means for plugins is decided by {@link dev.homeostat.host.plugin.Plugins}.
 */
package dev.homeostat.host.deploy;
