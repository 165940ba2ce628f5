package dev.homeostat.cli;

/** Prints rows as they come. */
interface RowPrinter {
    /** Takes the next row. */
    void row(Doc row);

    /** Takes what came after the rows. */
    void end(Doc answer);
}
