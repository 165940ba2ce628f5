package dev.homeostat.format;

import com.palantir.javaformat.java.FormatterException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The build's format check: {@code check ROOT} names the sources that differ and fails, {@code apply ROOT} rewrites them. */
public final class FormatCommand {

    /** What mends a failed check; run in the repository's root. */
    static final String REMEDY = "mvn -q -pl platform/format -Pformat process-classes";

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Path root;
    private final PrintStream err;
    private final SourceFormat format = new SourceFormat();

    FormatCommand(Path root, PrintStream err) {
        this.root = root;
        this.err = err;
    }

    /** Runs the command and exits with 0 when all is well, 1 when a source differs or is not Java, 2 on a wrong call. */
    public static void main(String[] args) throws IOException {
        System.exit(run(args, System.err));
    }

    static int run(String[] args, PrintStream err) throws IOException {
        if (args.length != 2) {
            err.println("usage: FormatCommand check|apply ROOT");
            return USAGE;
        }
        FormatCommand command = new FormatCommand(Path.of(args[1]).toRealPath(), err);
        return switch (args[0]) {
            case "check" -> command.check();
            case "apply" -> command.apply();
            default -> {
                err.println("format: the mode must be check or apply, but was " + args[0]);
                yield USAGE;
            }
        };
    }

    private int check() throws IOException {
        List<Finding> findings = findings();
        for (Finding finding : findings) {
            err.println(finding.describe(root));
        }
        if (findings.isEmpty()) {
            return OK;
        }
        err.println(findings.size() + " source(s) to mend. Differences in format are mended by: " + REMEDY);
        return FAILED;
    }

    private int apply() throws IOException {
        int result = OK;
        for (Finding finding : findings()) {
            switch (finding) {
                case Finding.Differs differs -> Files.writeString(differs.source(), differs.formatted());
                case Finding.NotJava notJava -> {
                    err.println(notJava.describe(root));
                    result = FAILED;
                }
            }
        }
        return result;
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
