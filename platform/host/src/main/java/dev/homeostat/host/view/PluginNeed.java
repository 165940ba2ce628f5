package dev.homeostat.host.view;

/**
 * A plugin that another one names in its manifest.
 *
 * @param id its id
 * @param range the versions that will do, {@code *} for any
 * @param optional whether the other one can do without it
 */
public record PluginNeed(String id, String range, boolean optional) {}
