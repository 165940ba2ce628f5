package dev.homeostat.host.plugin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a jar's manifest says of the plugin in it.
 *
 * @param id unique in a host
 * @param version a semantic version
 * @param requires the range of versions of the API that will do
 * @param dependencies the plugins that it needs
 */
public record PluginDescriptor(String id, String version, String requires, List<Dependency> dependencies) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /**
     * Checks what files and names are made of.
     *
     * @throws PluginRefusedException if the id is none
     */
    public PluginDescriptor {
        dependencies = List.copyOf(dependencies);
        if (!ID.matcher(id).matches()) {
            throw new PluginRefusedException(
                    "Plugin-Id \"" + id + "\" is no id",
                    "make one of letters, digits, \".\", \"_\" and \"-\", at most 100, the first a letter or digit");
        }
    }

    /** {@code id version}, as people call it. */
    public String label() {
        return id + " " + version;
    }

    /** Whether it names that plugin among those that it needs, or can make use of. */
    public boolean dependsOn(String other) {
        return dependencies.stream().anyMatch(dependency -> dependency.id().equals(other));
    }

    /**
     * A plugin that another one needs.
     *
     * @param id its id
     * @param range the versions that will do, {@code *} for any
     * @param optional whether the other one can do without it
     */
    public record Dependency(String id, String range, boolean optional) {}
}
