package dev.homeostat.cli.complete;

import dev.homeostat.cli.complete.Candidates.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may stand where the cursor is: commands, options, and what a running host knows. A host is asked only where a name of its own may stand, and one that does not answer is no error:
 * then nothing is proposed.
 */
public final class Completion {
    private final CommandSpec root;
    private final Function<String, LiveNames> hosts;

    /** @param hosts the names that the host of a home knows; it is given the value of {@code --home}, which may be empty */
    public Completion(CommandSpec root, Function<String, LiveNames> hosts) {
        this.root = root;
        this.hosts = hosts;
    }

    /**
     * The candidates.
     *
     * @param before the words before the one at the cursor, without the name of the program
     * @param begun what of that word stands before the cursor
     */
    public Candidates of(List<String> before, String begun) {
        Given given = new Given(root, before);
        OptionSpec wanting = given.wanting();
        if (wanting != null && !(begun.startsWith("-") && wanting.arity().min() == 0)) {
            return values(given, wanting, begun);
        }
        if (begun.startsWith("-") && !given.onlyPositionals()) {
            int equals = begun.indexOf('=');
            OptionSpec option = equals < 0 ? null : given.command().findOption(begun.substring(0, equals));
            return option == null
                    ? options(given).continuing(begun)
                    : values(given, option, begun.substring(equals + 1)).after(begun.substring(0, equals + 1));
        }
        Candidates commands = commands(given).continuing(begun);
        PositionalParamSpec positional = given.next();
        if (positional == null) {
            return commands;
        }
        Candidates values = values(given, null, positional.paramLabel(), begun);
        return commands.words().isEmpty() ? values : commands.and(values.words());
    }

    private Candidates values(Given given, OptionSpec option, String begun) {
        return values(given, option.longestName(), option.paramLabel(), begun);
    }

    private Candidates values(Given given, @Nullable String option, String label, String begun) {
        return values(given, hosts.apply(given.text("--home")), option == null ? label : option, label, begun)
                .continuing(begun);
    }

    /** By the name of an option, and else by the label, which means the same in all commands. */
    private static Candidates values(Given given, LiveNames names, String name, String label, String begun) {
        return switch (name) {
            case "--output" -> Candidates.words("table", "json");
            case "--home", "DIR" -> Candidates.of(Kind.DIRECTORIES);
            case "--index" -> names.indexes(given.text("TABLE"));
            case "--columns" -> names.fields(given.text("TABLE"), begun, false);
            case "--where" -> names.fields(given.text("TABLE"), begun, true);
            case "--reset" -> names.options(given.text("NAME"), begun, false);
            case "--id", "--package" -> Candidates.NONE;
            default -> byLabel(given, names, label, begun);
        };
    }

    private static Candidates byLabel(Given given, LiveNames names, String label, String begun) {
        return switch (label) {
            case "TABLE" -> names.tables();
            case "KEY" -> names.keys(table(given), given.text("--index"), begun);
            case "NAME" -> names.reconcilers();
            case "ID" -> names.plugins();
            case "NUMBER" -> names.heldPrune(given.text("NAME"));
            case "KEY=VALUE" -> names.options(given.text("NAME"), begun, true);
            case "MODE" -> Candidates.words("apply", "plan", "paused");
            case "JAR", "FILE" -> Candidates.of(Kind.FILES);
            default -> Candidates.NONE;
        };
    }

    /** The table that a key is of: the one that is named, or that of the reconciler. */
    private static String table(Given given) {
        String reconciler = given.text("NAME");
        return given.text("TABLE").isEmpty() && reconciler.contains("/")
                ? reconciler.substring(0, reconciler.indexOf('/'))
                : given.text("TABLE");
    }

    private static Candidates commands(Given given) {
        List<Candidate> commands = new ArrayList<>();
        if (given.mayNameCommand()) {
            given.command().subcommands().forEach((name, line) -> {
                if (!line.getCommandSpec().usageMessage().hidden()) {
                    commands.add(Candidate.of(
                            name, first(line.getCommandSpec().usageMessage().description())));
                }
            });
        }
        return Candidates.words(commands);
    }

    private static Candidates options(Given given) {
        List<Candidate> options = new ArrayList<>();
        for (OptionSpec option : given.command().options()) {
            if (!option.hidden() && (option.isMultiValue() || !given.has(option))) {
                options.add(Candidate.of(option.longestName(), first(option.description())));
            }
        }
        return Candidates.words(options);
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replaceFirst("\\.$", "");
    }
}
