package dev.homeostat.cli.complete;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words before the cursor, as far as they make sense: whoever types has not finished. */
final class Given {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<OptionSpec> options = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private CommandSpec command;
    private int positionals;
    private boolean onlyPositionals;
    private @Nullable OptionSpec wanting;

    Given(CommandSpec root, List<String> words) {
        this.command = root;
        words.forEach(this::take);
    }

    /** The command that the words name. */
    CommandSpec command() {
        return command;
    }

    /** The option whose value is to come next, or null. */
    @Nullable
    OptionSpec wanting() {
        return wanting;
    }

    /** Whether words that begin with a dash are no options any more. */
    boolean onlyPositionals() {
        return onlyPositionals;
    }

    boolean has(OptionSpec option) {
        return options.contains(option);
    }

    /** Whether the next word may still name a command. */
    boolean mayNameCommand() {
        return positionals == 0 && !onlyPositionals;
    }

    /** The parameter that the next word would be, or null. */
    @Nullable
    PositionalParamSpec next() {
        for (PositionalParamSpec positional : command.positionalParameters()) {
            if (positional.index().contains(positionals)) {
                return positional;
            }
        }
        return null;
    }

    /** What was given for that option or parameter; empty when it was not. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The command below the root, such as {@code reconcilers}; empty at the root. */
    String group() {
        return path.isEmpty() ? "" : path.getFirst();
    }

    private void take(String word) {
        OptionSpec open = wanting;
        if (open != null) {
            wanting = null;
            values.put(open.longestName(), word);
        } else if (onlyPositionals || !word.startsWith("-") || word.equals("-")) {
            takePlain(word);
        } else if (word.equals("--")) {
            onlyPositionals = true;
        } else {
            takeOption(word);
        }
    }

    private void takePlain(String word) {
        CommandLine below = mayNameCommand() ? command.subcommands().get(word) : null;
        if (below != null) {
            command = below.getCommandSpec();
            path.add(word);
            return;
        }
        PositionalParamSpec positional = next();
        if (positional != null) {
            values.put(positional.paramLabel(), word);
        }
        positionals++;
    }

    private void takeOption(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        OptionSpec option = command.findOption(name);
        if (option == null && !name.startsWith("--") && name.length() > 2) {
            option = command.findOption(name.substring(0, 2)); // such as -ojson
            equals = 1;
        }
        if (option == null) {
            return;
        }
        options.add(option);
        if (equals >= 0) {
            values.put(option.longestName(), word.substring(equals + 1));
        } else if (takesValue(option)) {
            wanting = option;
        }
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }
}
