package dev.homeostat.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code homeostat} command, but for {@code run}, which the launcher does. */
public final class Main {
    private static final String UNKNOWN = "of unknown version";

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
        int code = run(surroundings, args);
        surroundings.out().flush();
        String loss = out.loss();
        if (loss != null) {
            complain(surroundings, "the answer could not be written to the end: " + loss, "");
        }
        surroundings.err().flush();
        return loss == null ? code : ExitCode.FAILURE;
    }

    static int run(Surroundings surroundings, String... args) {
        CommandLine line = CommandTree.build(version());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Screen.coloured(surroundings) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        try {
            ParseResult parsed = line.parseArgs(args);
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
        complain(surroundings, String.valueOf(e.getMessage()), "");
        PrintWriter err = new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8);
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            String name = e.getCommandLine().getCommandSpec().qualifiedName();
            surroundings.err().append("  \"").append(name).append(" --help\" shows what there is.\n");
        }
        return ExitCode.USAGE;
    }

    private static void complain(Surroundings surroundings, String message, String hint) {
        surroundings.err().append("homeostat: ").append(Printable.of(message)).append('\n');
        if (!hint.isEmpty()) {
            surroundings.err().append("  ").append(Printable.of(hint)).append('\n');
        }
    }

    /** Homeostat's, such as {@code 0.1.0}. */
    static String version() {
        ModuleDescriptor descriptor = Main.class.getModule().getDescriptor();
        return descriptor == null ? UNKNOWN : descriptor.rawVersion().orElse(UNKNOWN);
    }
}
