package dev.homeostat.cli.complete;

import static dev.homeostat.cli.command.Specs.leaf;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.wire.HostClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code homeostat completion}, which prints the script that a shell sources, and {@code complete}, which that script calls at each Tab. */
public final class CompletionCommands {
    /** Who presses Tab does not wait long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String SHELL = "SHELL";
    private static final String WORDS = "WORD";

    private CompletionCommands() {}

    /** The command for people. */
    public static CommandSpec script() {
        return leaf(
                        "Prints a completion script, with names from the running host: source it.",
                        CompletionCommands::printScript)
                .addPositional(shell("bash (the default) or zsh.", "0..1"));
    }

    /**
     * The command for scripts; it is not among those that are listed.
     *
     * @param root all commands
     */
    public static CommandSpec complete(Supplier<CommandSpec> root) {
        CommandSpec spec = leaf(
                        "What may stand at the cursor, for the script that \"completion\" prints.",
                        (session, words) -> complete(root.get(), session, words))
                .addPositional(shell("bash or zsh.", "1"))
                .addPositional(PositionalParamSpec.builder()
                        .index("1..*")
                        .paramLabel(WORDS)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .description("For bash what separates words and the line up to the cursor; for zsh the words.")
                        .build());
        spec.usageMessage().hidden(true);
        return spec;
    }

    private static PositionalParamSpec shell(String description, String arity) {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel(SHELL)
                .type(String.class)
                .arity(arity)
                .description(description)
                .build();
    }

    private static int printScript(Session session, Words words) throws CommandException {
        String shell = words.text(SHELL).isEmpty() ? "bash" : words.text(SHELL);
        try (InputStream script = CompletionCommands.class.getResourceAsStream("homeostat." + shell)) {
            if (script == null || !(shell.equals("bash") || shell.equals("zsh"))) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "completion: there is a script for bash and one for zsh, and none for \"" + shell + "\"",
                        "");
            }
            session.out().append(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int complete(CommandSpec root, Session session, Words words) {
        Completion completion = new Completion(root, home -> names(session, home));
        List<String> given = words.list(WORDS);
        String reply = words.text(SHELL).equals("zsh") ? ZshReply.of(completion, given) : bash(completion, given);
        session.out().append(reply);
        return ExitCode.OK;
    }

    private static String bash(Completion completion, List<String> given) {
        return given.size() < 2 ? "" : BashReply.of(completion, given.get(0), given.get(1));
    }

    /** The names of the host that the line is about: a home that is typed there wins over that of the call. */
    private static LiveNames names(Session session, String typed) {
        return new LiveNames(new HostClient(home(session, typed), PATIENCE));
    }

    private static Home home(Session session, String typed) {
        @Nullable String user = session.around().environment().get("HOME");
        String directory = typed.startsWith("~/") && user != null ? user + typed.substring(1) : typed;
        return directory.isEmpty() ? session.home() : Home.of(directory, session.around());
    }
}
