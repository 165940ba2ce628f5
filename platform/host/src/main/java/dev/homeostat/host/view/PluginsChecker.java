package dev.homeostat.host.view;

import dev.homeostat.host.verify.JarReport;
import java.nio.file.Path;
import java.util.List;

/** Says what a start would say of plugin jars. Every call reads the files anew, and runs no code of a plugin. Safe for all threads. */
@FunctionalInterface
public interface PluginsChecker {
    /**
     * Checks jars as if they lay beside those of the home.
     *
     * @param jars absolute; all of the home when there are none
     * @return one for each, in their order
     * @throws dev.homeostat.api.tree.DocumentException if the configuration is not as it should be
     */
    List<JarReport> check(List<Path> jars);
}
