package dev.homeostat.host.deploy;

import java.util.List;

/**
 * All that lies in the plugin directories.
 *
 * @param jars by directory, in the order of the directories, and by name
 * @param problems what is wrong with the directories themselves, for people
 */
public record Picture(List<FoundJar> jars, List<String> problems) {
    public Picture {
        jars = List.copyOf(jars);
        problems = List.copyOf(problems);
    }
}
