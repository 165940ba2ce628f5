package dev.homeostat.host.view;

import java.util.List;

/**
 * A table that a source wants to write and that does not exist.
 *
 * @param table its name
 * @param places where it is named, each as {@code file:line}: the first of them
 * @param count in how many places it is named
 * @param nearest the name of a table that may be meant; empty when none is like it
 * @param known whether it was there before, since the host started: then it comes back with its plugin, and nothing is wrong with who names it
 */
public record WaitingTable(String table, List<String> places, int count, String nearest, boolean known) {
    public WaitingTable {
        places = List.copyOf(places);
    }
}
