package dev.homeostat.host.mxbean;

/**
 * What a job, a health reporter or the host itself says of how it goes.
 *
 * @param plugin the plugin that it belongs to; empty for the host
 * @param name what it is about
 * @param ok whether all is well
 * @param message for a person
 * @param since when it came to this, ISO 8601
 */
public record HealthInfo(String plugin, String name, boolean ok, String message, String since) {}
