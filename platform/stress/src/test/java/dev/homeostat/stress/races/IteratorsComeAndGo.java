package dev.homeostat.stress.races;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A change iterator is closed while another is opened: those that the opener found beside its own, and those of the table at the end. */
@JCStressTest
@Outcome(
        id = {"1, 1", "2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one left, one came")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "the closed one holds up the graveyard for ever, or the open one is unknown to it")
@State
public class IteratorsComeAndGo {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final ChangeIterator<Item> goes = table.changes();
    private @Nullable ChangeIterator<Item> comes;

    /** One goes. */
    @Actor
    public void close() {
        goes.close();
    }

    /** One comes. */
    @Actor
    public void open(II_Result seen) {
        comes = table.changes();
        seen.r1 = table.stats().changeIterators();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(II_Result seen) {
        seen.r2 = table.stats().changeIterators();
        if (comes != null) {
            comes.close();
        }
    }
}
