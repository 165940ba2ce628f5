package dev.homeostat.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** All commands, with their words and help. Built by hand and not from annotations: reading those takes longer than the call to the host. */
final class CommandTree {
    private static final String TABLE = "TABLE";
    private static final String KEY = "KEY";
    private static final String NAME = "NAME";

    private CommandTree() {}

    static CommandLine build(String version) {
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
                .version("homeostat " + version);
        root.usageMessage()
                .footer(
                        "",
                        "Exit codes: 0 all is well; 1 failed, or something is degraded; 2 usage;",
                        "3 no host is reachable; 78 the configuration is not right (run).",
                        "NO_COLOR switches colours off.");
        root.addSubcommand("run", run());
        root.addSubcommand(
                "status",
                leaf("How it goes: what is there, what fails, why, and what is tried when.", StatusCommand::run));
        root.addSubcommand("plugins", plugins());
        root.addSubcommand("db", db());
        root.addSubcommand("reconcilers", reconcilers());
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
        root.addSubcommand("config", config());
        CommandLine line = new CommandLine(root);
        line.addSubcommand(
                "completion", leaf("Prints a completion script for bash and zsh: source it.", (session, words) -> {
                    session.out().append(AutoComplete.bash("homeostat", line));
                    return ExitCode.OK;
                }));
        return line;
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

    private static CommandSpec config() {
        CommandSpec config =
                group("config", "What the configuration says, and what is wrong with it; needs no running host.");
        config.addSubcommand(
                "check",
                leaf("Every problem at once, with file and line; exit code 78 when there is one.", ConfigCommand::check)
                        .addOption(property()));
        config.addSubcommand(
                "show",
                leaf(
                                "Every setting in force with where it comes from, its bounds and its meaning; secrets"
                                        + " as ***.",
                                ConfigCommand::show)
                        .addOption(property()));
        return config;
    }

    private static OptionSpec property() {
        return OptionSpec.builder(ConfigCommand.PROPERTY)
                .paramLabel("KEY=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("As for \"run\": asks about a start with that, whether or not a host runs.")
                .build();
    }

    private static CommandSpec plugins() {
        CommandSpec plugins = leaf("The plugins, with state, version, isolation and reason.", PluginList::run);
        plugins.addSubcommand("list", leaf("The same as \"plugins\" alone.", PluginList::run));
        plugins.addSubcommand("start", act("start", "Starts a plugin, and what waits for it."));
        plugins.addSubcommand("stop", act("stop", "Stops a plugin, after all that need it."));
        plugins.addSubcommand(
                "reload", act("reload", "Replaces a plugin by what its jar holds now, with all that need it."));
        plugins.addSubcommand(
                "unload", act("unload", "Stops a plugin and forgets it, until its jar changes or the host starts."));
        plugins.addSubcommand(
                "new",
                leaf("Writes a small, whole plugin as a Maven project to start from.", NewPluginCommand::run)
                        .addPositional(param(0, "DIR", "Where to; not there yet, or empty."))
                        .addOption(OptionSpec.builder("--id")
                                .paramLabel("ID")
                                .type(String.class)
                                .description("The plugin's id; otherwise the directory's name.")
                                .build())
                        .addOption(OptionSpec.builder("--package")
                                .paramLabel("NAME")
                                .type(String.class)
                                .description("The Java package; otherwise dev.example.ID.")
                                .build()));
        plugins.addSubcommand(
                "check",
                leaf(
                                "What a start would say of plugin jars; needs no running host, and runs no code of"
                                        + " theirs.",
                                PluginsCheckCommand::run)
                        .addPositional(PositionalParamSpec.builder()
                                .index("0..*")
                                .paramLabel(PluginsCheckCommand.JAR)
                                .type(List.class)
                                .auxiliaryTypes(String.class)
                                .arity("0..*")
                                .description("Checks these beside those of the home; otherwise all of the home.")
                                .build()));
        return plugins;
    }

    private static CommandSpec act(String action, String description) {
        return leaf(description, (session, words) -> PluginActionCommand.run(action, session, words))
                .addPositional(param(0, "ID", "The plugin's id."));
    }

    private static CommandSpec db() {
        CommandSpec db = group("db", "Looks into the tables.");
        db.addSubcommand("tables", leaf("The tables, with the number of rows and the revision.", TableList::run));
        db.addSubcommand(
                "show",
                leaf("All rows of a table with their status, undone deletes included.", RowsCommand::show)
                        .addPositional(param(0, TABLE, "The table.")));
        db.addSubcommand("get", query("One row in full.", GetCommand::run));
        db.addSubcommand(
                "list", query("The rows with exactly this key; of prefixes, the longest match.", RowsCommand::list));
        db.addSubcommand(
                "prefix",
                query("The rows whose key begins so; of prefixes, those that it contains.", RowsCommand::prefix));
        db.addSubcommand("lowerbound", query("The rows from this key on.", RowsCommand::lowerbound));
        db.addSubcommand(
                "dump",
                leaf("All rows as JSON, one a line, of one snapshot.", DumpCommand::run)
                        .addPositional(optional(0, TABLE, "Dumps this table only.")));
        db.addSubcommand(
                "rejected",
                leaf("The rows that did not fit when their plugin was replaced, and why.", RejectedCommand::run)
                        .addPositional(optional(0, TABLE, "Those of this table only."))
                        .addOption(OptionSpec.builder("--forget")
                                .paramLabel(KEY)
                                .type(String.class)
                                .description("Forgets that row of the table, for good.")
                                .build()));
        return db;
    }

    private static CommandSpec query(String description, Action action) {
        return leaf(description, action)
                .addPositional(param(0, TABLE, "The table."))
                .addPositional(param(1, KEY, "The key, as the index has it."))
                .addOption(OptionSpec.builder("--index")
                        .paramLabel(NAME)
                        .type(String.class)
                        .description("The index to search; otherwise the primary one.")
                        .build());
    }

    private static CommandSpec reconcilers() {
        CommandSpec reconcilers = leaf("The reconcilers: how they go, and how to steer them.", ReconcilerList::run);
        reconcilers.addSubcommand("list", leaf("The same as \"reconcilers\" alone.", ReconcilerList::run));
        reconcilers.addSubcommand(
                "prune",
                named(
                                "Removes what is in the target and not desired, as far as the guard lets it.",
                                PruneCommand::prune)
                        .addOption(timeout()));
        reconcilers.addSubcommand("held", named("Lists what a held prune would remove.", PruneCommand::held));
        reconcilers.addSubcommand(
                "confirm",
                named("Lets a held prune go on, with exactly its list.", PruneCommand::confirm)
                        .addPositional(param(1, "NUMBER", "The number of the held prune."))
                        .addOption(timeout()));
        reconcilers.addSubcommand(
                "retry",
                named("Tries a row again now, or all that fail.", RetryCommand::run)
                        .addPositional(optional(1, KEY, "Tries this row only, whatever its status.")));
        reconcilers.addSubcommand(
                "failures",
                named("Lists the rows that fail, in the order in which they began to.", FailuresCommand::run)
                        .addOption(OptionSpec.builder("--limit")
                                .paramLabel("COUNT")
                                .type(String.class)
                                .description("How many at most; otherwise 100.")
                                .build()));
        reconcilers.addSubcommand(
                "refresh",
                named("Checks again what is done, and mends what is not as desired.", SteerCommand::refresh)
                        .addPositional(optional(1, KEY, "Checks this row only.")));
        reconcilers.addSubcommand(
                "pause",
                named("Lets nothing begin any more, until it is resumed.", SteerCommand::pause)
                        .addPositional(optional(1, KEY, "Pauses this row only.")));
        reconcilers.addSubcommand(
                "resume",
                named("Ends a pause: what waited goes on.", SteerCommand::resume)
                        .addPositional(optional(1, KEY, "Ends the pause of this row.")));
        reconcilers.addSubcommand(
                "mode",
                named("Shows or sets how much it may do; is kept over a restart.", SteerCommand::mode)
                        .addPositional(optional(1, "MODE", "apply, plan or paused.")));
        reconcilers.addSubcommand("plan", named("Shows what it would do, in mode plan.", PlanCommand::plan));
        reconcilers.addSubcommand(
                "observe",
                named("Looks where the target differs from what is done, and changes nothing.", PlanCommand::observe)
                        .addOption(timeout()));
        reconcilers.addSubcommand("options", options());
        return reconcilers;
    }

    private static CommandSpec options() {
        return named("Shows the options with where each comes from, or sets some.", OptionsCommand::run)
                .addPositional(PositionalParamSpec.builder()
                        .index("1..*")
                        .paramLabel(Words.ASSIGNMENTS)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .description("Sets an option until the host restarts; the mode is kept.")
                        .build())
                .addOption(OptionSpec.builder("--reset")
                        .paramLabel("KEY,...")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..1")
                        .fallbackValue("")
                        .description("Takes back what was set by command; everything, when no option is named.")
                        .build());
    }

    private static CommandSpec named(String description, Action action) {
        return leaf(description, action).addPositional(param(0, NAME, "The reconciler: table/name."));
    }

    private static OptionSpec timeout() {
        return OptionSpec.builder("--timeout")
                .paramLabel("TIME")
                .type(String.class)
                .description("How long to wait, such as 500ms, 30s (the default), 5m.")
                .build();
    }

    private static OptionSpec.Builder inherited(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    private static PositionalParamSpec param(int index, String label, String description) {
        return positional(index, label, description).required(true).build();
    }

    private static PositionalParamSpec optional(int index, String label, String description) {
        return positional(index, label, description)
                .required(false)
                .arity("0..1")
                .build();
    }

    private static PositionalParamSpec.Builder positional(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .paramLabel(label)
                .type(String.class)
                .description(description);
    }

    private static CommandSpec group(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec;
    }

    private static CommandSpec leaf(String description, Action action) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(action);
        spec.usageMessage().description(description);
        return spec;
    }
}
