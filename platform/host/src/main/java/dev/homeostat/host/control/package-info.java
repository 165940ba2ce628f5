/**
 * The host's door for the {@code homeostat} command: a UNIX domain socket in the data directory that answers questions and takes orders, one JSON document a
 * line. {@code docs/control-protocol.md} is its contract.
 *
 * <p>{@link dev.homeostat.host.control.ControlServer} listens; {@link dev.homeostat.host.control.ControlMethods} answers, and serves JMX too, so that both say
 * the same.
 */
package dev.homeostat.host.control;
