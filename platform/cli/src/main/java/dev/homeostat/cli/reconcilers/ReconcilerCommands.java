package dev.homeostat.cli.reconcilers;

import static dev.homeostat.cli.command.Specs.KEY;
import static dev.homeostat.cli.command.Specs.NAME;
import static dev.homeostat.cli.command.Specs.leaf;
import static dev.homeostat.cli.command.Specs.optional;
import static dev.homeostat.cli.command.Specs.param;
import static dev.homeostat.cli.command.Specs.timeout;

import dev.homeostat.cli.command.Action;
import dev.homeostat.cli.command.Confirmation;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.watch.Watch;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code homeostat reconcilers} and all below it, with their words and help. */
public final class ReconcilerCommands {
    private ReconcilerCommands() {}

    /**
     * The command.
     *
     * @param whole whether with the commands below it
     */
    public static CommandSpec spec(boolean whole) {
        CommandSpec reconcilers =
                Watch.options(leaf("The reconcilers: how they go, and how to steer them.", ReconcilerList::run));
        if (!whole) {
            return reconcilers;
        }
        reconcilers.addSubcommand(
                "list", Watch.options(leaf("The same as \"reconcilers\" alone.", ReconcilerList::run)));
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
                        .addOption(timeout())
                        .addOption(Confirmation.option()));
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
                                .build())
                        .addOption(OptionSpec.builder("--by-error")
                                .type(boolean.class)
                                .description("Groups all of them by equal errors, with counts and the oldest.")
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
                        .addOption(timeout("as long as its rows need, at the refresh rate")));
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
}
