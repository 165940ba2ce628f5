package dev.homeostat.launcher;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Chooses the configuration of Logback before the first logger is made: {@code conf/logback.xml} of the home, else of the installation, else the one that
 * is built in; where the home takes no log files, another built-in one that writes to the console alone, and the host is told so. A configuration may name the directory of the log files as <code>${homeostat.logs}</code>,
 * and how lines are to look as <code>${homeostat.log.format}</code>.
 */
final class LogSetup {
    static final String CONFIGURATION = "logback.configurationFile";
    static final String LOGS = "homeostat.logs";
    static final String FORMAT = "homeostat.log.format";
    /** What of the home cannot be written, so that its host logs to the console alone; not set where the log has its file. */
    static final String UNWRITABLE = "homeostat.log.unwritable";

    static final String FORMAT_VARIABLE = "HOMEOSTAT_LOG_FORMAT";
    private static final Set<String> FORMATS = Set.of("text", "json");

    private LogSetup() {}

    /** Finds out how log lines are to look: as the property says, else the environment, else as text. */
    static void format(Properties properties, Map<String, String> environment) throws UsageException {
        String named = "-D" + FORMAT;
        String format = properties.getProperty(FORMAT, "");
        if (format.isEmpty()) {
            named = "environment variable " + FORMAT_VARIABLE;
            format = environment.getOrDefault(FORMAT_VARIABLE, "");
        }
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            throw new UsageException(named + ": must be text or json, but was " + format);
        }
        if (!format.isEmpty()) {
            properties.setProperty(FORMAT, format);
        }
    }

    static void apply(Launch launch, Properties properties) {
        properties.putIfAbsent(LOGS, launch.home().resolve("logs").toString());
        properties.putIfAbsent(CONFIGURATION, configuration(launch));
        unwritable(launch).ifPresent(path -> properties.setProperty(UNWRITABLE, path.toString()));
        bridge();
    }

    /** Logs to the console alone: for a process that is beside the host of that home, whose log files are not its own. */
    static void applyConsole(Properties properties) {
        properties.putIfAbsent(CONFIGURATION, builtIn("logback-console.xml"));
        bridge();
    }

    private static void bridge() {
        // What the JDK itself and some libraries log goes where everything else goes.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static String configuration(Launch launch) {
        if (unwritable(launch).isPresent()) {
            return builtIn("logback-console.xml");
        }
        return Stream.of(launch.home(), launch.install())
                .map(directory -> directory.resolve("conf/logback.xml"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toUri)
                .map(Object::toString)
                .orElseGet(() -> builtIn("logback-default.xml"));
    }

    /** The directory of the log, or its file, where that is there and takes no line: one that another user left, for example. */
    private static Optional<Path> unwritable(Launch launch) {
        Path directory = launch.home().resolve("logs");
        if (!canBeWritten(directory)) {
            return Optional.of(directory);
        }
        Path file = directory.resolve("homeostat.log");
        boolean closed = Files.exists(file) && (Files.isDirectory(file) || !Files.isWritable(file));
        return closed ? Optional.of(file) : Optional.empty();
    }

    /** Whether there is such a directory that may be written, or one can be made. */
    private static boolean canBeWritten(Path directory) {
        Path there = directory;
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there);
    }

    private static String builtIn(String name) {
        URL url = LogSetup.class.getResource(name);
        if (url == null) {
            throw new IllegalStateException(name + " is missing in the launcher's jar");
        }
        return url.toString();
    }
}
