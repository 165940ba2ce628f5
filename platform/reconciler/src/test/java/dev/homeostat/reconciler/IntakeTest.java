package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ReadTxn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a reconciler takes in the changes of its table. */
final class IntakeTest {
    private final Lab lab = new Lab();
    private final Intake<Item> intake = new Intake<>(lab.items, lab.items.changes(), new EventLoop(lab.clock));

    /** The loop held its lock and a processor for ever: found by the program of docs/embedding.md, in every fourth run. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void next_commitBetweenTheSnapshotAndTheLook_findsItInANewerSnapshot() {
        Supplier<ReadTxn> stale = new Supplier<>() {
            private boolean first = true;

            @Override
            public ReadTxn get() {
                ReadTxn txn = lab.db.readTxn();
                if (first) {
                    first = false;
                    lab.put("a", "1");
                }
                return txn;
            }
        };
        List<String> names = new ArrayList<>();
        for (Change<Item> change = intake.next(stale); change != null; change = intake.next(stale)) {
            names.add(change.row().value().name());
        }
        assertThat(names).containsExactly("a");
        assertThat(intake.position()).isEqualTo(lab.items.revision(lab.db.readTxn()));
    }
}
