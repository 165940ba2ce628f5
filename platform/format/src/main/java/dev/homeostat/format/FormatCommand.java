package dev.homeostat.format;

import com.palantir.javaformat.java.FormatterException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The build's format check. {@code check ROOT REPORT} names the sources that differ, {@code apply ROOT REPORT} rewrites
 * them. What is left to mend stands on stderr and in the file REPORT, which does not exist when all is well.
 */
public final class FormatCommand {

    static final int OK = 0;
    static final int USAGE = 2;
    static final int UNTIDY = 3; // not 1, which is what the JVM says when it cannot start

    private final Path root;
    private final SourceFormat format = new SourceFormat();

    private FormatCommand(Path root) {
        this.root = root;
    }

    /** Runs the command and exits with 0 when all is well, 2 on a wrong call, 3 when something is left to mend. */
    public static void main(String[] args) throws IOException {
        System.exit(run(List.of(args), System.err));
    }

    static int run(List<String> args, PrintStream err) throws IOException {
        if (args.size() != 3) {
            err.println("usage: FormatCommand check|apply ROOT REPORT");
            return USAGE;
        }
        FormatCommand command = new FormatCommand(Path.of(args.get(1)).toRealPath());
        return switch (args.getFirst()) {
            case "check" -> report(command.check(), Path.of(args.get(2)), err);
            case "apply" -> report(command.apply(), Path.of(args.get(2)), err);
            default -> {
                err.println("format: the mode must be check or apply, but was " + args.getFirst());
                yield USAGE;
            }
        };
    }

    private static int report(List<String> complaints, Path report, PrintStream err) throws IOException {
        Files.deleteIfExists(report);
        if (complaints.isEmpty()) {
            return OK;
        }
        Files.write(report, complaints);
        complaints.forEach(err::println);
        return UNTIDY;
    }

    private List<String> check() throws IOException {
        return findings().stream().map(finding -> finding.describe(root)).toList();
    }

    private List<String> apply() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (Finding finding : findings()) {
            switch (finding) {
                case Finding.Differs differs -> Files.writeString(differs.source(), differs.formatted());
                case Finding.NotJava notJava -> complaints.add(notJava.describe(root));
            }
        }
        return complaints;
    }

    private List<Finding> findings() throws IOException {
        return JavaSources.below(root).parallelStream()
                .map(this::examine)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> examine(Path source) {
        try {
            String text = Files.readString(source);
            String formatted = format.format(text);
            return text.equals(formatted) ? Optional.empty() : Optional.of(new Finding.Differs(source, formatted));
        } catch (FormatterException | IOException e) {
            return Optional.of(new Finding.NotJava(source, String.valueOf(e.getMessage())));
        }
    }
}
