/**
 * The {@code homeostat} command: asks a running host and prints what it says.
 *
 * <p>{@link dev.homeostat.cli.Main} parses the words by {@link dev.homeostat.cli.CommandTree} and runs the action that they name. What the process was given is in
 * {@code process}; how a command is described and called in {@code command}; how the host is asked in {@code wire}; how people read the answer in {@code screen},
 * and again and again in {@code watch}. The
 * commands themselves are grouped by what they are about: {@code overview}, {@code rows}, {@code reconcilers}, {@code plugins}, {@code config}. What a call does not need is
 * not loaded: it has to be quick.
 */
package dev.homeostat.cli;
