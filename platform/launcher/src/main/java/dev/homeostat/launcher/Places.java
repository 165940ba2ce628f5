package dev.homeostat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The two directories that everything else is found from; both absolute, without symbolic links.
 *
 * @param install where the program lies
 * @param home where its configuration, plugins, manifests, data and logs lie
 */
record Places(Path install, Path home) {
    /** Set by {@code bin/homeostat}: the installation. */
    static final String INSTALL = "homeostat.install";
    /** Set by {@code bin/homeostat}, which starts the JVM in the installation: the directory that the caller was in. */
    static final String CALLER = "homeostat.cwd";

    static final String HOME = "homeostat.home";
    static final String HOME_VARIABLE = "HOMEOSTAT_HOME";

    /** Finds both: the home from the flag, else the property, else the environment, else the installation itself. */
    static Places find(Optional<String> homeFlag, Properties properties, Map<String, String> environment)
            throws UsageException {
        Path caller = Path.of(properties.getProperty(CALLER, "")).toAbsolutePath();
        String installed = properties.getProperty(INSTALL);
        if (installed == null) {
            throw new UsageException("-D" + INSTALL + "=DIR is missing; start it with bin/homeostat, which sets it");
        }
        Path install = directory(installed, "-D" + INSTALL, caller);
        if (homeFlag.isPresent()) {
            return new Places(install, directory(homeFlag.get(), "--home", caller));
        }
        String property = properties.getProperty(HOME, "");
        if (!property.isEmpty()) {
            return new Places(install, directory(property, "-D" + HOME, caller));
        }
        String variable = environment.getOrDefault(HOME_VARIABLE, "");
        if (!variable.isEmpty()) {
            return new Places(install, directory(variable, "environment variable " + HOME_VARIABLE, caller));
        }
        return new Places(install, install);
    }

    private static Path directory(String value, String from, Path caller) throws UsageException {
        try {
            Path directory = caller.resolve(value);
            if (Files.isDirectory(directory)) {
                return directory.toRealPath();
            }
            throw new UsageException(
                    Files.exists(directory)
                            ? directory + " is not a directory (" + from + ")"
                            : "there is no directory " + directory + " (" + from + "); make it first: mkdir -p '"
                                    + directory + "'");
        } catch (InvalidPathException | IOException e) {
            throw new UsageException("\"" + value + "\" is no usable directory (" + from + "): " + e.getMessage());
        }
    }
}
