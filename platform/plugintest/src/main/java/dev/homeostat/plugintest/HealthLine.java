package dev.homeostat.plugintest;

/**
 * What a plugin or the host reports of its health.
 *
 * @param plugin the id of the plugin that reports it; empty for the host
 * @param name what it is about
 * @param ok whether it is well
 * @param message says more
 */
public record HealthLine(String plugin, String name, boolean ok, String message) {}
