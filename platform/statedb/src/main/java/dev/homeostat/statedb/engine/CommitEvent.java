package dev.homeostat.statedb.engine;

import java.util.Arrays;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction in a recording of the JVM: from asking for the locks of its tables to giving them back. There is none while nobody records, so that the
 * transaction pays for the question only.
 */
@Name("dev.homeostat.Commit")
@Label("Commit")
@Category({"Homeostat", "Database"})
@Description("A write transaction, from asking for the locks of its tables to giving them back")
@Threshold("10 ms")
@StackTrace
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class CommitEvent extends Event {
    /** Only asked whether anybody records: one that is made for the question alone is left to the collector once a recording has been seen. */
    private static final CommitEvent ASKED = new CommitEvent();

    @Label("Tables")
    @Description("The names of the locked tables, separated by commas")
    private @Nullable String tables;

    @Label("Transaction")
    @Description("What its writer calls it, if anything")
    private @Nullable String transaction;

    @Label("Lock Wait")
    @Description("How long it waited for the locks")
    @Timespan
    private long lockWait;

    @Label("Commit Time")
    @Description("How long the commit itself took: new root, watches closed; 0 when the writer aborted")
    @Timespan
    private long commitTime;

    @Label("Writes")
    @Description("How many inserts, updates and deletes it made")
    private long writes;

    @Label("Aborted")
    @Description("Whether nothing of it was kept")
    private boolean aborted;

    private transient long begunNanos;
    private transient long commitNanos;

    private CommitEvent() {}

    /** One that begins now, or null where nobody records. */
    static @Nullable CommitEvent begun() {
        if (!ASKED.isEnabled()) {
            return null;
        }
        CommitEvent event = new CommitEvent();
        event.begunNanos = System.nanoTime();
        event.begin();
        return event;
    }

    /** The transaction has its locks. */
    void locked() {
        lockWait = System.nanoTime() - begunNanos;
    }

    /** The transaction is to be committed. */
    void commits() {
        commitNanos = System.nanoTime();
    }

    /**
     * The transaction has given back its locks.
     *
     * @param committed the root that has its changes, or null when it was aborted
     */
    void ended(StoredTable<?>[] locked, @Nullable String label, Root base, @Nullable Root committed) {
        end();
        if (!shouldCommit()) {
            return;
        }
        tables = Arrays.stream(locked).map(StoredTable::name).collect(Collectors.joining(", "));
        transaction = label;
        commitTime = commitNanos == 0 ? 0 : System.nanoTime() - commitNanos;
        aborted = committed == null;
        if (committed != null) {
            for (StoredTable<?> table : locked) {
                writes += committed.state(table).revision() - base.state(table).revision();
            }
        }
        commit();
    }
}
