package dev.homeostat.launcher;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.module.FindException;
import java.lang.module.ResolutionException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code homeostat run}: the first code of the process. It finds out where everything lies, sets logging up, and hands over to the host in a layer of its own.
 *
 * <p>Its exit code is the host's, or 2 when the command line was wrong, or 1 when there is no host to start.
 */
public final class Main {
    private static final String INCOMPLETE = "; the installation is incomplete, unpack it again";

    private final Map<String, String> environment;
    private final Properties properties;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, String> environment, Properties properties, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.properties = properties;
        this.out = out;
        this.err = err;
    }

    /** Starts the host, and ends the process with its exit code. */
    public static void main(String[] args) {
        URLConnection.setDefaultUseCaches("jar", false); // or every reload of a plugin would leave its jar open
        Main main = new Main(System.getenv(), System.getProperties(), System.out, System.err);
        System.exit(main.run(Arrays.asList(args), HostLayer::open));
    }

    /**
     * The same without ending the process.
     *
     * @param hosts gives the host that lies in a directory; null where there is none
     */
    int run(Iterable<String> args, Function<Path, @Nullable HostRunner> hosts) {
        RunArguments arguments;
        Launch launch;
        try {
            arguments = RunArguments.parse(args);
            if (arguments.help()) {
                out.print(RunArguments.USAGE);
                return ExitCode.OK;
            }
            properties.putAll(arguments.properties());
            Places places = Places.find(arguments.home(), properties, environment);
            LogSetup.format(properties, environment);
            launch = new Launch(places.install(), places.home(), processStart(), arguments.flags());
        } catch (UsageException e) {
            err.println("homeostat run: " + e.getMessage());
            err.println("Try: homeostat run --help");
            return ExitCode.USAGE;
        }
        if (arguments.answer()) {
            LogSetup.applyConsole(properties);
        } else {
            LogSetup.apply(launch, properties);
        }
        Path directory = launch.install().resolve("lib/host");
        HostRunner host;
        try {
            host = hosts.apply(directory);
        } catch (FindException | ResolutionException | LayerInstantiationException | ServiceConfigurationError e) {
            err.println(
                    "homeostat run: the host in " + directory + " cannot be loaded: " + e.getMessage() + INCOMPLETE);
            return ExitCode.FAILURE;
        }
        if (host == null) {
            err.println("homeostat run: there is no host in " + directory + INCOMPLETE);
            return ExitCode.FAILURE;
        }
        Thread.currentThread().setContextClassLoader(host.getClass().getClassLoader());
        return arguments.answer() ? host.answer(launch) : host.run(launch);
    }

    private static Instant processStart() {
        // To the millisecond, unlike ProcessHandle, whose clock begins at a whole second.
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
