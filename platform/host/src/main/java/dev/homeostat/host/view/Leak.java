package dev.homeostat.host.view;

import java.time.Instant;

/**
 * Classes of a plugin that should be gone and are not.
 *
 * @param plugin the plugin's id
 * @param version its version
 * @param since when they were unloaded
 * @param reason what keeps them, and what the plugin's author should do
 */
public record Leak(String plugin, String version, Instant since, String reason) {}
