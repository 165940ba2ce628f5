package dev.homeostat.cli.command;

import dev.homeostat.cli.process.CommandException;

/** What a command does. */
@FunctionalInterface
public interface Action {
    /** Asks, prints, and gives the exit code. */
    int run(Session session, Words words) throws CommandException;
}
