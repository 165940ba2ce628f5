/**
 * The {@code homeostat} command: a client that knows the wire format ({@code docs/control-protocol.md}) and nothing of the host.
 *
 * <p>{@link dev.homeostat.cli.Main} reads the words ({@link dev.homeostat.cli.CommandTree}), a command asks the host ({@link dev.homeostat.cli.HostClient})
 * and prints ({@link dev.homeostat.cli.Screen}, {@link dev.homeostat.cli.Grid}, {@link dev.homeostat.cli.Json}). What a call does not need is not loaded: it
 * has to be quick.
 */
package dev.homeostat.cli;
