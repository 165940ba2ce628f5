package dev.homeostat.host.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.host.handover.Versions.New;
import dev.homeostat.host.handover.Versions.Old;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows from one version to the next. How many, is said by the system property {@code homeostat.rows}; docs/performance.md has the command that prints what a
 * million take.
 */
final class ManyRowsTest {
    private static final int ROWS = Integer.getInteger("homeostat.rows", 20_000);

    @TempDir
    Path home;

    private final VirtualScheduler clock = VirtualScheduler.inOrder();
    private final Database db = StateDatabase.builder().scheduler(clock).build();
    private final Carried carried = Carried.collecting();

    @Test
    void allRows_goOnAtTheirRevisions() {
        RowKeeping keeping = new RowKeeping(db, new RejectedRows(home), RowOwners.NONE, clock);
        RWTable<Old> before = db.create(Old.TABLE);
        db.write(before, txn -> {
            for (int i = 0; i < ROWS; i++) {
                before.insert(txn, new Old("row-" + i, "text of row " + i, i % 10, "blue"));
            }
            return true;
        });
        long heapOfTable = heapMib();
        long began = System.nanoTime();
        StateDatabase.remove(db, before, last -> carried.tableRemoved(keeping, before, "", last));
        long written = System.nanoTime();
        long heapOfDocuments = heapMib();
        long reading = System.nanoTime();
        RWTable<New> after = carried.makeTable(keeping, CodecChoice.of(New.TABLE), List.of());
        long read = System.nanoTime();
        System.out.printf(
                "%,d rows: written in %d ms, read in %d ms; heap with the table %d MiB, with the documents %d MiB, with"
                        + " both tables and the documents %d MiB%n",
                ROWS,
                TimeUnit.NANOSECONDS.toMillis(written - began),
                TimeUnit.NANOSECONDS.toMillis(read - reading),
                heapOfTable,
                heapOfDocuments,
                heapMib());
        assertThat(after.count(db.readTxn())).isEqualTo(ROWS);
        assertThat(after.revision(db.readTxn())).isEqualTo(ROWS);
        assertThat(keeping.rejected().all()).isEmpty();
        carried.close();
    }

    private static long heapMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
