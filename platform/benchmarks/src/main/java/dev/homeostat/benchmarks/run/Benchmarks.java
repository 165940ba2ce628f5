package dev.homeostat.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks: all, or those whose names are given (regular expressions, as JMH takes them).
 *
 * <pre>{@code
 * java -jar platform/benchmarks/target/benchmarks.jar [--quick] [JMH's options] [NAME…]
 * }</pre>
 *
 * <p>Each part has settings of its own, see {@link Part}; JMH's options override them for all. Results go to {@value #RESULTS} in the current folder, or where
 * {@code -rff} says, and are written after each benchmark; what JMH has to say goes to a file of the same name that ends in {@code .log}.
 */
public final class Benchmarks {
    private static final Set<String> QUICK = Set.of("--quick", "-quick");
    private static final String RESULTS = "benchmarks.json";

    private Benchmarks() {}

    /** Runs them; exits with 1 when one of them gave no result. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        List<String> forJmh = new ArrayList<>(List.of(arguments));
        boolean quick = forJmh.removeAll(QUICK);
        String[] rest = forJmh.toArray(String[]::new);
        CommandLineOptions given = new CommandLineOptions(rest);
        if (onlyAsks(given)) {
            Main.main(rest);
            return;
        }
        // JMH adds the names of one set of options to those of another: each benchmark's options must have none but its
        // own.
        for (String name : given.getIncludes()) {
            forJmh.remove(forJmh.lastIndexOf(name));
        }
        CommandLineOptions settings = new CommandLineOptions(forJmh.toArray(String[]::new));
        List<String> failed = new Session(
                        settings, given.getIncludes(), quick, given.getResult().orElse(RESULTS))
                .run();
        if (!failed.isEmpty()) {
            System.err.println("no result from " + String.join(", ", failed) + ": see the log");
            System.exit(1);
        }
    }

    private static boolean onlyAsks(CommandLineOptions given) {
        return given.shouldHelp()
                || given.shouldList()
                || given.shouldListWithParams()
                || given.shouldListProfilers()
                || given.shouldListResultFormats();
    }
}
