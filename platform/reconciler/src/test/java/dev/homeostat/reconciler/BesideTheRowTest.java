package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The side of the seam where statuses have a table of their own. */
final class BesideTheRowTest extends StatusContract<Item> {
    BesideTheRowTest() {
        super(StatusSide.BESIDE);
    }

    @Nested
    final class SharedRows extends SharedRowContract<Item> {
        SharedRows() {
            super(StatusSide.BESIDE);
        }
    }

    @Test
    void statuses_neverTouchTheTable() {
        Lab lab = new Lab();
        long revision = lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        assertThat(lab.items.revision(lab.db.readTxn())).isEqualTo(revision);
        Table<?> statuses = reconciler.statusTable().orElseThrow();
        ReadTxn txn = lab.db.readTxn();
        Row<?> row = statuses.all(txn).first();
        assertThat(row).isNotNull();
        assertThat(row == null ? "" : statuses.spec().formatKey(row.key())).isEqualTo("a");
    }

    @Test
    void statuses_ofOneRound_areCommittedTogether() {
        Lab lab = new Lab();
        for (int i = 0; i < 100; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = lab.start(Lab.OPTIONS);
        Table<?> statuses = reconciler.statusTable().orElseThrow();
        int[] commits = {0};
        watch(lab, statuses, commits);
        lab.clock.runUntilIdle();
        assertThat(statuses.count(lab.db.readTxn())).isEqualTo(100);
        assertThat(commits[0]).isEqualTo(1);
    }

    @Test
    void forget_afterTheStop_removesTheStatusTable() {
        Lab lab = new Lab();
        RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
        assertThat(lab.db.tables()).hasSize(2);
        assertThatThrownBy(() -> lab.reconcilers.forget(reconciler)).hasMessageContaining("stop it before");
        reconciler.stop();
        lab.clock.runUntilIdle();
        lab.reconcilers.forget(reconciler);
        assertThat(lab.db.tables()).hasSize(1);
    }

    private static void watch(Lab lab, Table<?> table, int[] commits) {
        table.all(lab.db.readTxn()).watch().onClose(() -> {
            commits[0]++;
            watch(lab, table, commits);
        });
    }
}
