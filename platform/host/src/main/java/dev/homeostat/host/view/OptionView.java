package dev.homeostat.host.view;

/**
 * An option of a reconciler.
 *
 * @param name its key
 * @param value in force, as the configuration would have it
 * @param from who says so: {@code default}, {@code plugin}, a place in the configuration, {@code command at} a time
 * @param description what it means
 */
public record OptionView(String name, String value, String from, String description) {}
