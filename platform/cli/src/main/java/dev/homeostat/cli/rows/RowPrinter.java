package dev.homeostat.cli.rows;

import dev.homeostat.cli.wire.Doc;

/** Prints rows as they come. */
public interface RowPrinter {
    /** Takes the next row. */
    void row(Doc row);

    /** Takes what came after the rows. */
    void end(Doc answer);
}
