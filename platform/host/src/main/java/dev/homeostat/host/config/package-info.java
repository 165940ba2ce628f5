/**
 * The host's configuration: {@code conf/homeostat.yaml}, and what goes before it.
 *
 * <p>{@link dev.homeostat.host.config.ConfigLoader} puts flags, system properties, environment and file into one tree, whose values remember where they came
 * from, and binds it to {@link dev.homeostat.host.config.HostConfig}.
 */
package dev.homeostat.host.config;
