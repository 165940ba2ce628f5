package dev.homeostat.host.mxbean;

import java.util.List;

/**
 * A source in a list.
 *
 * @param name its name
 * @param plugin the plugin that contributes it; empty when it is missing
 * @param state how it goes, in one line
 * @param rows the number of rows that it owns
 * @param problems what is wrong with it, with file and line; the first ten
 * @param since since when something has been wrong with it, ISO 8601; empty when nothing is
 * @param waiting tables that it wants to write and that do not exist yet
 */
public record SourceInfo(
        String name,
        String plugin,
        String state,
        long rows,
        List<String> problems,
        String since,
        List<String> waiting) {
    public SourceInfo {
        problems = List.copyOf(problems);
        waiting = List.copyOf(waiting);
    }
}
