/**
 * The host for people with a JMX client: one MXBean for the host, and one for each plugin, table and reconciler, in the domain {@code dev.homeostat}. Whatever
 * the command can do, they can; operations answer with the same JSON.
 *
 * <p>{@link dev.homeostat.host.jmx.HostBeans} registers and unregisters them as things come and go.
 */
package dev.homeostat.host.jmx;
