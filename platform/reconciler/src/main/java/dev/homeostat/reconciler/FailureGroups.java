package dev.homeostat.reconciler;

import java.util.List;

/**
 * What fails, by equal errors.
 *
 * @param largest those of the most rows, the largest first; of equal ones the older first
 * @param errors how many different ones there are, listed or not; at most {@value #MOST_KEPT}
 * @param others how many rows fail that are in none of those listed
 */
public record FailureGroups(List<FailureGroup> largest, int errors, long others) {
    /** So many different errors are told apart at the same time; rows that fail with still others are counted only. */
    public static final int MOST_KEPT = 1000;

    public FailureGroups {
        largest = List.copyOf(largest);
    }
}
