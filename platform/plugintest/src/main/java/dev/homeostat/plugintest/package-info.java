/**
 * Tests of a plugin in a host that runs in the test's process. Begin at {@link dev.homeostat.plugintest.PluginTest}; what a test does is in
 * {@link dev.homeostat.plugintest.PluginHost}.
 */
package dev.homeostat.plugintest;
