package dev.homeostat.cli;

import dev.homeostat.cli.command.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with words that make no sense, and the way out.
 *
 * @param message names the word and the command
 * @param hint what to write instead
 */
record Misuse(String message, String hint) {
    static Misuse of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String name = command.qualifiedName();
        String help = "\"" + name + " --help\" shows what there is";
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return new Misuse(String.valueOf(e.getMessage()), help);
        }
        String word = unmatched.getUnmatched().getFirst();
        boolean option = word.startsWith("-") && word.length() > 1;
        boolean group = !command.subcommands().isEmpty();
        List<String> candidates = option ? options(command) : commands(command);
        String given = option ? word.replaceFirst("=.*", "") : word;
        String hint = Nearest.of(given, candidates)
                .map(near -> "did you mean: " + name + " " + near + "?")
                .orElse(help);
        String what = option ? "is no option of" : group ? "is no command of" : "is one word too many for";
        return new Misuse("\"" + given + "\" " + what + " \"" + name + "\"", hint);
    }

    private static List<String> commands(CommandSpec command) {
        return command.subcommands().entrySet().stream()
                .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
                .map(one -> one.getKey())
                .toList();
    }

    private static List<String> options(CommandSpec command) {
        List<String> names = new ArrayList<>();
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
