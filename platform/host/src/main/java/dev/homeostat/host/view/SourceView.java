package dev.homeostat.host.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source: expected by configuration, fed this home before, or contributed by a plugin.
 *
 * @param name the source's name
 * @param plugin the id of the plugin that contributes it; empty when it is missing
 * @param state one line for a person: {@code 2 unit(s), 3 row(s)}, {@code missing: no plugin contributes it; drop it from "sources" in conf/homeostat.yaml}
 * @param rows the number of rows that it owns, orphaned ones included
 * @param problems what is wrong with it, each as {@code file:line: message}
 * @param since since when there has been something wrong with it; null when nothing is
 * @param waitingFor tables that it wants to write and that do not exist; those that were never there are problems too
 */
public record SourceView(
        String name,
        String plugin,
        String state,
        long rows,
        List<String> problems,
        @Nullable Instant since,
        List<WaitingTable> waitingFor) {
    public SourceView {
        problems = List.copyOf(problems);
        waitingFor = List.copyOf(waitingFor);
    }

    /** The names of the tables that it waits for. */
    public List<String> waiting() {
        return waitingFor.stream().map(WaitingTable::table).toList();
    }
}
