package dev.homeostat.cli.plugins;

import static dev.homeostat.cli.command.Specs.leaf;
import static dev.homeostat.cli.command.Specs.param;

import dev.homeostat.cli.command.Confirmation;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code homeostat plugins} and all below it, with their words and help. */
public final class PluginCommands {
    private PluginCommands() {}

    /**
     * The command.
     *
     * @param whole whether with the commands below it
     */
    public static CommandSpec spec(boolean whole) {
        CommandSpec plugins = leaf("The plugins, with state, version, isolation and reason.", PluginList::run);
        if (!whole) {
            return plugins;
        }
        plugins.addSubcommand("list", leaf("The same as \"plugins\" alone.", PluginList::run));
        plugins.addSubcommand(
                "show",
                leaf("All about one plugin: needs, tables, reconcilers, health, settings.", PluginShowCommand::run)
                        .addPositional(param(0, "ID", "The plugin's id.")));
        plugins.addSubcommand("start", act("start", "Starts a plugin, and what waits for it."));
        plugins.addSubcommand(
                "stop", act("stop", "Stops a plugin, after all that need it.").addOption(Confirmation.option()));
        plugins.addSubcommand(
                "reload", act("reload", "Replaces a plugin by what its jar holds now, with all that need it."));
        plugins.addSubcommand(
                "unload",
                act(
                                "unload",
                                "Stops a plugin and lets its id go, until it is started, its jar changes or the host"
                                        + " starts.")
                        .addOption(Confirmation.option()));
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
}
