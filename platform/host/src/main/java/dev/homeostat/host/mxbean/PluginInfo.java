package dev.homeostat.host.mxbean;

/**
 * A plugin in a list.
 *
 * @param id from its manifest, or the name of the jar
 * @param version from its manifest; empty where there is none
 * @param state FOUND, ACTIVE, STOPPED, FAILED or LEAKED
 * @param reason why it is in this state; empty while all is well
 * @param since when it came into this state, ISO 8601
 * @param degraded whether a person should look at it
 */
public record PluginInfo(String id, String version, String state, String reason, String since, boolean degraded) {}
