package dev.homeostat.api.reconcile;

import java.time.Instant;
import java.util.List;

/**
 * A prune that the guard holds: it would remove suspiciously much. Nothing was removed.
 *
 * @param number confirms this list and no other: no other list ever has it, in the host not even after a restart
 * @param reason why it is held, with the bound that it exceeds
 * @param removals the names of what it would remove
 * @param heldAt since when
 */
public record HeldPrune(long number, String reason, List<String> removals, Instant heldAt) {
    public HeldPrune {
        removals = List.copyOf(removals);
    }
}
