package dev.homeostat.host.config;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.remote.JvmAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code conf/jvm.options}, of the home or else of the installation: options of the JVM that runs the host, one a line. Whether they are right is for a JVM to say: one is
 * started with them, says its version and ends. Those that open a file, a port or an agent, or take all memory at once, are left out of that.
 */
public final class JvmOptions {
    /** Where they are. */
    static final String FILE = "conf/jvm.options";

    private static final Pattern WITHOUT_CONSEQUENCES = Pattern.compile(
            "-X(ms|mx|ss|mn|int|comp|mixed|share:.*)?\\S*|-XX:\\S+|--(add|enable|illegal|finalization|sun)-\\S+");
    private static final Pattern WITH_CONSEQUENCES =
            Pattern.compile("-Xlog.*|-Xrun.*|-Xdebug.*|-Xbootclasspath.*|-Xshare.*|-XX:(\\+AlwaysPreTouch|"
                + "StartFlightRecording|FlightRecorder|OnError|OnOutOfMemoryError|AOT|SharedArchive|ArchiveClasses|\\+AutoCreateSharedArchive|Flags=|VMOptionsFile|"
                + "HeapDumpPath|ErrorFile|LogFile|\\+DebugNonSafepoints|\\+LogVMOutput).*");
    private static final long SECONDS = 10;

    private final Path home;
    private final Path install;

    /** Of a home and the installation that runs it. */
    public JvmOptions(Path home, Path install) {
        this.home = home;
        this.install = install;
    }

    /** A line with an option. */
    private record Option(String text, Place place) {}

    /** The system properties that they set. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Option option : read(new ArrayList<>())) {
            if (option.text().startsWith("-D") && option.text().contains("=")) {
                int equals = option.text().indexOf('=');
                properties.put(
                        option.text().substring(2, equals),
                        unquoted(option.text().substring(equals + 1)));
            }
        }
        return properties;
    }

    /** What is to be known of them, though it is not wrong. */
    List<Problem> warnings() {
        String warning = JvmAgent.warning(properties());
        return read(new ArrayList<>()).stream()
                .filter(option -> !warning.isEmpty() && option.text().startsWith("-D" + JvmAgent.PORT + "="))
                .map(option -> new Problem(option.place(), warning))
                .toList();
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** What is wrong with them. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        List<Option> options = read(problems);
        List<Option> tried = new ArrayList<>();
        for (Option option : options) {
            if (!option.text().startsWith("-")) {
                problems.add(new Problem(
                        option.place(),
                        "\"" + option.text()
                                + "\" is no option of the JVM: those begin with \"-\"; a comment begins with \"#\""));
            } else if (WITHOUT_CONSEQUENCES.matcher(option.text()).matches()
                    && !WITH_CONSEQUENCES.matcher(option.text()).matches()) {
                tried.add(option);
            }
        }
        if (!tried.isEmpty()) {
            problems.addAll(tried(tried));
        }
        return problems;
    }

    private List<Option> read(List<Problem> problems) {
        for (Path directory : List.of(home, install)) {
            Path file = directory.resolve(FILE);
            if (Files.isRegularFile(file)) {
                String name = directory.equals(home) ? FILE : file.toString();
                try {
                    return options(Files.readAllLines(file), name);
                } catch (IOException e) {
                    problems.add(new Problem(new Place(name, 0), "cannot be read: " + DiskReason.of(e)));
                    return List.of();
                }
            }
        }
        return List.of();
    }

    private static List<Option> options(List<String> lines, String name) {
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("(^|\\s)#.*", "").strip();
            if (!line.isEmpty()) {
                options.add(new Option(line, new Place(name, i + 1)));
            }
        }
        return options;
    }

    private List<Problem> tried(List<Option> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.forEach(option -> command.add(option.text()));
        command.add("-version");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            return process.exitValue() == 0 ? List.of() : List.of(refused(said, options));
        } catch (IOException e) {
            return List.of(); // no java to ask: then nobody can say
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** What the JVM said, with the line of the option that it names. */
    private static Problem refused(String said, List<Option> options) {
        List<String> words = said.lines()
                .filter(line -> !line.isBlank()
                        && !line.startsWith("Error: Could not create")
                        && !line.startsWith("Error: A fatal"))
                .toList();
        String message = words.isEmpty() ? "it ended with an error" : String.join("; ", words);
        Place place = new Place(options.getFirst().place().origin(), 0);
        for (Option option : options) {
            String name = option.text().replaceFirst("^-XX:[+-]?", "").replaceFirst("=.*", "");
            if (message.contains(option.text()) || message.contains("'" + name + "'")) {
                return new Problem(option.place(), "the JVM does not start with it: " + message);
            }
        }
        return new Problem(place, "the JVM does not start with these options: " + message);
    }
}
