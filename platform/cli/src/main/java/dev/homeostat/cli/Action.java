package dev.homeostat.cli;

/** What a command does. */
@FunctionalInterface
interface Action {
    /** Asks, prints, and gives the exit code. */
    int run(Session session, Words words) throws CommandException;
}
