package dev.homeostat.host.mxbean;

import java.util.List;

/**
 * A prune that the guard holds.
 *
 * @param number confirms it; 0 where none is held
 * @param reason why it is held, with the bound that it exceeds
 * @param heldAt since when, ISO 8601; empty where none is
 * @param removals how many things it would remove
 * @param firstRemovals the first ten of them; the operation show lists all
 */
public record HeldPruneInfo(long number, String reason, String heldAt, int removals, List<String> firstRemovals) {
    /** None is held. */
    public static final HeldPruneInfo NONE = new HeldPruneInfo(0, "", "", 0, List.of());

    public HeldPruneInfo {
        firstRemovals = List.copyOf(firstRemovals);
    }
}
