package dev.homeostat.api.db;

/**
 * Figures of one table at one moment.
 *
 * @param objects the number of rows
 * @param revision the revision of the last change
 * @param graveyard the number of deleted rows that wait for change iterators
 * @param lowWatermark the lowest revision up to which every open change iterator has seen all; {@code revision} when there are none
 * @param changeIterators the number of open change iterators
 */
public record TableStats(long objects, long revision, long graveyard, long lowWatermark, int changeIterators) {}
