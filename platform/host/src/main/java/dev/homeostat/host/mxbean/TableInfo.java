package dev.homeostat.host.mxbean;

/**
 * A table in a list.
 *
 * @param name its name
 * @param plugin the plugin that owns it
 * @param objects the number of rows
 * @param revision the revision of the last change
 * @param initialized whether all initializers are done
 */
public record TableInfo(String name, String plugin, long objects, long revision, boolean initialized) {}
