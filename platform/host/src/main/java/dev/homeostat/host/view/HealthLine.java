package dev.homeostat.host.view;

import java.time.Instant;

/**
 * One line of health.
 *
 * @param plugin the id of the plugin that it belongs to; empty for the host's own
 * @param name what it is about
 * @param ok whether all is well
 * @param message for a person; may have several lines, one a problem
 * @param since when it came to this
 */
public record HealthLine(String plugin, String name, boolean ok, String message, Instant since) {}
