package dev.homeostat.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One run of many benchmarks: each by itself, with a line on the screen when it is done, and all results in one file. */
final class Session {
    /** The collector of the host, and a heap that neither grows nor is too small. */
    private static final String[] JVM_FLAGS = {
        "-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch", "-Dslf4j.internal.verbosity=ERROR"
    };

    private static final TimeValue LONGEST_ITERATION = TimeValue.minutes(2);
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Options given;
    private final List<String> names;
    private final boolean quick;
    private final Path file;
    private final long begin = System.nanoTime();
    private final List<RunResult> results = new ArrayList<>();

    /**
     * A run that has not begun.
     *
     * @param given settings that override ours; without names
     * @param names regular expressions, any of which a benchmark's name must contain; none for all
     * @param quick whether it is to be over soon
     * @param file where the results go
     */
    Session(Options given, List<String> names, boolean quick, String file) {
        this.given = given;
        this.names = names.isEmpty() ? List.of(".*") : names;
        this.quick = quick;
        this.file = Path.of(file).toAbsolutePath();
    }

    /** Runs all that the user named; gives the names of those that have no result. */
    List<String> run() throws RunnerException, IOException {
        Path logFile = file.resolveSibling(file.getFileName() + ".log");
        List<String> failed = new ArrayList<>();
        try (PrintStream log = new PrintStream(Files.newOutputStream(logFile), true, UTF_8)) {
            OutputFormat output = OutputFormatFactory.createFormatInstance(
                    log, given.verbosity().orElse(VerboseMode.NORMAL));
            List<BenchmarkListEntry> benchmarks = find(output);
            System.out.printf("%d benchmarks; results in %s, details in %s%n", benchmarks.size(), file, logFile);
            for (int i = 0; i < benchmarks.size(); i++) {
                BenchmarkListEntry benchmark = benchmarks.get(i);
                Collection<RunResult> found = new Runner(options(benchmark), output).run();
                results.addAll(found);
                write();
                String place = String.format(Locale.ROOT, "[%3d/%d %s]", i + 1, benchmarks.size(), elapsed());
                if (found.isEmpty()) {
                    failed.add(Part.shortName(benchmark.getUsername()));
                    System.out.println(place + " " + failed.getLast() + ": no result");
                }
                found.forEach(result -> System.out.println(place + " " + line(result)));
            }
        }
        return failed;
    }

    private List<BenchmarkListEntry> find(OutputFormat output) {
        return BenchmarkList.defaultList().find(output, names, given.getExcludes()).stream()
                .sorted(Comparator.comparing(Part::of))
                .toList();
    }

    private Options options(BenchmarkListEntry benchmark) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .include("^" + Pattern.quote(benchmark.getUsername()) + "$")
                .addProfiler(GCProfiler.class);
        Part.of(benchmark).pace(quick).applyTo(options, given);
        if (!given.getJvmArgs().hasValue()) {
            options.jvmArgs(JVM_FLAGS);
        }
        if (!given.getTimeout().hasValue()) {
            options.timeout(LONGEST_ITERATION);
        }
        return options.build();
    }

    /** All results so far; the file is never half written. */
    private void write() throws IOException {
        ResultFormatType format = given.getResultFormat().orElse(ResultFormatType.JSON);
        Path next = file.resolveSibling(file.getFileName() + ".part");
        try (PrintStream out = new PrintStream(Files.newOutputStream(next), false, UTF_8)) {
            ResultFormatFactory.getInstance(format, out).writeOut(results);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private String elapsed() {
        Duration since = Duration.ofNanos(System.nanoTime() - begin);
        return String.format(Locale.ROOT, "%02d:%02d", since.toMinutes(), since.toSecondsPart());
    }

    private static String line(RunResult result) {
        Result<?> score = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return String.format(
                Locale.ROOT,
                "%-60s %12.1f ± %.1f %s%s",
                named(result),
                score.getScore(),
                Double.isNaN(score.getScoreError()) ? 0.0 : score.getScoreError(),
                score.getScoreUnit(),
                allocated == null ? "" : String.format(Locale.ROOT, ", %.1f B/op", allocated.getScore()));
    }

    private static String named(RunResult result) {
        StringBuilder name = new StringBuilder(Part.shortName(result.getParams().getBenchmark()));
        for (String parameter : result.getParams().getParamsKeys()) {
            name.append(' ')
                    .append(parameter)
                    .append('=')
                    .append(result.getParams().getParam(parameter));
        }
        return name.toString();
    }
}
