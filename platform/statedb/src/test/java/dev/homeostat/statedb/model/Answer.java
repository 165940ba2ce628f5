package dev.homeostat.statedb.model;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Rows that somebody keeps, and an iterator over them that stands in the middle: both must go on as if nothing had been written since. */
final class Answer {
    private final Rows<Item> rows;
    private final List<ModelTable.Version> expected;
    private final Iterator<Row<Item>> standing;
    private final List<ModelTable.Version> taken = new ArrayList<>();

    Answer(Rows<Item> rows, List<ModelTable.Version> expected) {
        this.rows = rows;
        this.expected = expected;
        this.standing = rows.iterator();
    }

    /** Takes some more from the iterator, and all from the rows. */
    void check(int some) {
        for (int i = 0; i < some && standing.hasNext(); i++) {
            taken.add(World.version(standing.next()));
        }
        Check.that(taken.size() <= expected.size(), "an iterator that stood gives more than there was");
        Check.same(taken, expected.subList(0, taken.size()), "what an iterator that stood gives");
        Check.that(standing.hasNext() || taken.equals(expected), "an iterator that stood ends early");
        Check.same(World.versions(rows), expected, "rows, once more");
        Check.same(rows.count(), (long) expected.size(), "rows.count, once more");
    }
}
