package dev.homeostat.api.source;

/** Where a source says what it wants. Used by one thread at a time. */
public interface SourceFeed {
    /**
     * Says all that the source wants now, in place of what it said before. It is written in one transaction: rows that are new or different are stored,
     * rows of this source that are in no unit any more are deleted, equal ones keep their revision. A unit with problems keeps the rows of its last good
     * version. When every unit is good, or has a last good version, this source's initializers of all tables are completed.
     *
     * @return what came of it; problems of a unit are also shown in health until a later scan mends them
     */
    ScanReport apply(Scan scan);

    /**
     * Says that what the source reads cannot be read now. No row changes, no initializer is completed, and health shows the reason until the next scan.
     *
     * @param reason names what cannot be read, why, and the way out
     */
    void unavailable(String reason);
}
