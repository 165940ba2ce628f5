package dev.homeostat.cli.config;

import static dev.homeostat.cli.command.Specs.group;
import static dev.homeostat.cli.command.Specs.leaf;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code homeostat config} and all below it, with their words and help. */
public final class ConfigCommands {
    private ConfigCommands() {}

    /**
     * The command.
     *
     * @param whole whether with the commands below it
     */
    public static CommandSpec spec(boolean whole) {
        CommandSpec config =
                group("config", "What the configuration says, and what is wrong with it; needs no running host.");
        if (!whole) {
            return config;
        }
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
}
