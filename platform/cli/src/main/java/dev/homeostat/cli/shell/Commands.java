package dev.homeostat.cli.shell;

import dev.homeostat.cli.process.Surroundings;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, as a process of its own would run each. */
public interface Commands {
    /** Runs one to its end; the exit code. A thread that is interrupted meanwhile ends it. */
    int run(Surroundings around, String... words);

    /** What there is. */
    CommandSpec spec();
}
