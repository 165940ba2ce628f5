package dev.homeostat.host.mxbean;

/**
 * An option of a reconciler.
 *
 * @param value in force, as the configuration would have it
 * @param from who says so: {@code default}, {@code plugin}, a place in the configuration, or a command
 * @param description what it means
 */
public record OptionInfo(String value, String from, String description) {}
