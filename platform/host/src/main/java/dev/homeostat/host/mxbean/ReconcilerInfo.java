package dev.homeostat.host.mxbean;

/**
 * A reconciler in a list.
 *
 * @param name its full name
 * @param plugin the plugin that contributed it
 * @param mode apply, plan or paused
 * @param ok whether nothing fails
 * @param health how it goes, in one line
 * @param objects the number of rows and undone deletes
 * @param failing the number of them whose last attempt failed
 * @param heldPrune the number of the prune that is held; 0 where none is
 */
public record ReconcilerInfo(
        String name,
        String plugin,
        String mode,
        boolean ok,
        String health,
        long objects,
        long failing,
        long heldPrune) {}
