package dev.homeostat.launcher;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Chooses the configuration of Logback before the first logger is made: {@code conf/logback.xml} of the home, else of the installation, else the one that
 * is built in. It may name the directory of the log files as <code>${homeostat.logs}</code>.
 */
final class LogSetup {
    static final String CONFIGURATION = "logback.configurationFile";
    static final String LOGS = "homeostat.logs";

    private LogSetup() {}

    static void apply(Launch launch, Properties properties) {
        properties.putIfAbsent(LOGS, launch.home().resolve("logs").toString());
        properties.putIfAbsent(CONFIGURATION, configuration(launch));
        // What the JDK itself and some libraries log goes where everything else goes.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static String configuration(Launch launch) {
        return Stream.of(launch.home(), launch.install())
                .map(directory -> directory.resolve("conf/logback.xml"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toUri)
                .map(Object::toString)
                .orElseGet(LogSetup::builtIn);
    }

    private static String builtIn() {
        URL url = LogSetup.class.getResource("logback-default.xml");
        if (url == null) {
            throw new IllegalStateException("logback-default.xml is missing in the launcher's jar");
        }
        return url.toString();
    }
}
