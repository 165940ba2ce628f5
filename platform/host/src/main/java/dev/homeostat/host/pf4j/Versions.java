package dev.homeostat.host.pf4j;

import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/** The rules of versions and ranges, those of PF4J. Immutable. */
final class Versions {
    private static final VersionManager RULES = new DefaultVersionManager();

    private final String api;

    /** @param api a semantic version other than 0.0.0 */
    Versions(String api) {
        this.api = api;
    }

    /** Whether a version lies in a range. */
    static boolean accepts(String range, String version) {
        return RULES.checkVersionConstraint(version, range);
    }

    /** All that is wrong with what a descriptor says of versions; empty when nothing is. */
    List<PluginRefusedException> problems(PluginDescriptor descriptor) {
        List<PluginRefusedException> problems = new ArrayList<>();
        if (!isVersion(descriptor.version())) {
            problems.add(new PluginRefusedException(
                    "Plugin-Version \"" + descriptor.version() + "\" is no version", "write one such as 1.0.0"));
        }
        String requires = descriptor.requires();
        // PF4J's rule: a bare version means that one or a newer one.
        String range = requires.matches("\\d+\\.\\d+\\.\\d+") ? ">=" + requires : requires;
        if (!isRange(range)) {
            problems.add(new PluginRefusedException(
                    "Plugin-Requires \"" + requires + "\" is no range of versions",
                    "write one such as >=1.0.0 & <2.0.0"));
        } else if (!accepts(range, api)) {
            problems.add(new PluginRefusedException(
                    "it needs plugin API " + requires + " (Plugin-Requires), and this is " + api,
                    "use another version of the plugin, or of Homeostat"));
        }
        for (PluginDescriptor.Dependency dependency : descriptor.dependencies()) {
            if (!isRange(dependency.range())) {
                problems.add(new PluginRefusedException(
                        "Plugin-Dependencies: \"" + dependency.range() + "\", which is wanted of plugin \""
                                + dependency.id() + "\", is no range of versions",
                        "write one such as " + dependency.id() + "@>=1.0.0 & <2.0.0"));
            }
        }
        return problems;
    }

    private static boolean isVersion(String version) {
        try {
            RULES.compareVersions(version, version);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean isRange(String range) {
        try {
            accepts(range, "1.0.0");
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
