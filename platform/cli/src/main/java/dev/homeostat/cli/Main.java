package dev.homeostat.cli;

import dev.homeostat.cli.command.Action;
import dev.homeostat.cli.command.Examples;
import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Output;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.screen.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code homeostat} command, but for {@code run}, which the launcher does. */
public final class Main {
    private Main() {}

    /** Ends the process with one of the documented exit codes. */
    public static void main(String[] args) {
        Output out = new Output(new FileOutputStream(FileDescriptor.out));
        int code = run(Surroundings.ofProcess(out), out, args);
        // Halting skips nothing that matters: no hook is registered.
        Runtime.getRuntime().halt(code);
    }

    /** Runs it, and makes sure that what it printed arrived: a program that reads a file afterwards must not take a part for the whole. */
    static int run(Surroundings surroundings, Output out, String... args) {
        try {
            int code = run(surroundings, args);
            surroundings.out().flush();
            surroundings.err().flush();
            return code;
        } catch (Output.Lost e) {
            if (!e.isUnwanted()) {
                complain(surroundings, "the answer could not be written to the end: " + e.getMessage(), "");
            }
            surroundings.err().flush();
            return e.isUnwanted() ? ExitCode.UNWANTED : ExitCode.FAILURE;
        }
    }

    static int run(Surroundings surroundings, String... args) {
        return run(CommandTree.build(List.of(args)::contains), surroundings, args);
    }

    /** The same with commands that are there already. */
    static int run(CommandLine line, Surroundings surroundings, String... args) {
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Screen.coloured(surroundings) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        try {
            ParseResult parsed = line.parseArgs(args);
            parsed.asCommandLineList().stream()
                    .filter(CommandLine::isUsageHelpRequested)
                    .forEach(asked -> Examples.addTo(asked.getCommandSpec()));
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped != null ? helped : execute(parsed, surroundings);
        } catch (ParameterException e) {
            return misused(e, surroundings);
        } catch (CommandException e) {
            surroundings.out().flush();
            complain(surroundings, String.valueOf(e.getMessage()), e.hint());
            return e.exitCode();
        }
    }

    private static int execute(ParseResult parsed, Surroundings surroundings) throws CommandException {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        Words words = new Words(parsed);
        if (!words.outputIsKnown()) {
            throw new ParameterException(
                    command, "--output: must be table or json, but was \"" + words.text("--output") + "\"");
        }
        if (last.commandSpec().userObject() instanceof Action action) {
            return action.run(Session.of(words, surroundings), words);
        }
        if (last.equals(parsed)) {
            command.usage(surroundings.err(), command.getColorScheme());
            return ExitCode.USAGE;
        }
        throw new ParameterException(
                command, "\"" + command.getCommandSpec().qualifiedName() + "\" wants one more word");
    }

    private static int misused(ParameterException e, Surroundings surroundings) {
        Misuse misuse = Misuse.of(e);
        complain(surroundings, misuse.message(), misuse.hint());
        return ExitCode.USAGE;
    }

    private static void complain(Surroundings surroundings, String message, String hint) {
        Screen.ofMessages(surroundings).complaint(message, hint);
    }
}
