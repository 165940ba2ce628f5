package dev.homeostat.testkit.simulation;

/** Where the statuses of a table's reconcilers live. */
enum Side {
    /** Beside the rows. */
    BESIDE,
    /** In the rows, in a field for each. */
    FIELDS,
    /** In the rows, in a set. */
    SET
}
