package dev.homeostat.cli;

import static dev.homeostat.cli.command.Specs.KEY;
import static dev.homeostat.cli.command.Specs.TABLE;
import static dev.homeostat.cli.command.Specs.group;
import static dev.homeostat.cli.command.Specs.leaf;
import static dev.homeostat.cli.command.Specs.optional;
import static dev.homeostat.cli.command.Specs.param;
import static dev.homeostat.cli.command.Specs.timeout;

import dev.homeostat.cli.complete.CompletionCommands;
import dev.homeostat.cli.config.ConfigCommands;
import dev.homeostat.cli.overview.ExplainCommand;
import dev.homeostat.cli.overview.StatusCommand;
import dev.homeostat.cli.plugins.PluginCommands;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.process.Version;
import dev.homeostat.cli.reconcilers.ReconcilerCommands;
import dev.homeostat.cli.reconcilers.WaitCommand;
import dev.homeostat.cli.rows.DbCommands;
import dev.homeostat.cli.shell.Commands;
import dev.homeostat.cli.shell.Lines;
import dev.homeostat.cli.shell.ShellCommand;
import dev.homeostat.cli.watch.Watch;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** All commands, with their words and help. Built by hand and not from annotations: reading those takes longer than the call to the host. */
final class CommandTree {

    /** As the shell runs them. */
    static final Commands COMMANDS = new Commands() {
        @Override
        public int run(Surroundings around, String... words) {
            return Main.run(inShell(build(List.of(words)::contains)), around, words);
        }

        @Override
        public CommandSpec spec() {
            return inShell(build()).getCommandSpec();
        }
    };

    private CommandTree() {}

    /** The same as the shell shows them: without those that it does not run. */
    private static CommandLine inShell(CommandLine all) {
        all.getSubcommands().forEach((name, command) -> {
            if (Lines.NOT_HERE.contains(name)) {
                command.getCommandSpec().usageMessage().hidden(true);
            }
        });
        all.getCommandSpec()
                .usageMessage()
                .footer("", "\"help COMMAND\" shows one of them, \"clear\" an empty screen; \"exit\" leaves.");
        return all;
    }

    /** All of them. */
    static CommandLine build() {
        return build(name -> true);
    }

    /**
     * All commands; those below a group only where that group is wanted: to make them all takes longer than to run one.
     *
     * @param wanted whether commands below the one of that name are
     */
    static CommandLine build(Predicate<String> wanted) {
        CommandSpec root = group("homeostat", "Asks a running Homeostat host how it goes, and steers it.")
                .addOption(inherited("--home")
                        .paramLabel("DIR")
                        .type(String.class)
                        .description("The home of the host; otherwise HOMEOSTAT_HOME, otherwise the installation.")
                        .build())
                .addOption(inherited("-o", "--output")
                        .paramLabel("FORMAT")
                        .type(String.class)
                        .description("table (for people, the default) or json (for programs).")
                        .build())
                .addOption(inherited("-h", "--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .description("Shows this help.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .type(boolean.class)
                        .description("Shows the version.")
                        .build())
                .version("homeostat " + Version.ours());
        root.usageMessage()
                .footer(
                        "",
                        "Exit codes: 0 all is well; 1 failed, or something is degraded; 2 usage;",
                        "3 no host is reachable; 78 the configuration is not right (run).",
                        "NO_COLOR switches colours off.");
        root.addSubcommand("run", run());
        root.addSubcommand(
                "status",
                Watch.options(
                        leaf("How it goes: the verdict, what fails and why, what is there.", StatusCommand::run)));
        root.addSubcommand("plugins", PluginCommands.spec(wanted.test("plugins")));
        root.addSubcommand("db", DbCommands.spec(wanted.test("db")));
        root.addSubcommand("reconcilers", ReconcilerCommands.spec(wanted.test("reconcilers")));
        root.addSubcommand(
                "explain",
                leaf("Why a row is as it is: status, attempts, what comes next.", ExplainCommand::run)
                        .addPositional(param(0, TABLE, "The table."))
                        .addPositional(param(1, KEY, "The primary key.")));
        root.addSubcommand(
                "wait",
                leaf("Waits until all that is desired now was done, or failed for good.", WaitCommand::run)
                        .addPositional(optional(0, TABLE, "Waits for this table only."))
                        .addOption(timeout()));
        root.addSubcommand("config", ConfigCommands.spec(wanted.test("config")));
        root.addSubcommand("shell", ShellCommand.spec(COMMANDS));
        root.addSubcommand("completion", CompletionCommands.script());
        root.addSubcommand("complete", CompletionCommands.complete(() -> build().getCommandSpec()));
        return new CommandLine(root);
    }

    private static CommandSpec run() {
        CommandSpec run = leaf("Runs the host in the foreground.", (session, words) -> {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "\"run\" starts the host, and is done by the script bin/homeostat",
                    "call bin/homeostat and not this class");
        });
        run.addOption(OptionSpec.builder("--safe-mode")
                .type(boolean.class)
                .description("Starts no plugin.")
                .build());
        run.parser().unmatchedArgumentsAllowed(true);
        return run;
    }

    private static OptionSpec.Builder inherited(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }
}
