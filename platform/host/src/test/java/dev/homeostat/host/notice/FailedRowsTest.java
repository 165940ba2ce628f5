package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FailedRowsTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final Notices notices = new Notices(scheduler, HostBeans.host());
    private final FailedRows rows = new FailedRows(notices, HostBeans::reconciler, scheduler);

    private void fail(int count) {
        for (int i = 0; i < count; i++) {
            rows.failedForGood("files/files", OperationKind.UPDATE, "row-" + i, "no space left", 3);
        }
    }

    @Test
    void rowThatFailsForGood_isToldWithItsError() {
        Heard heard = Heard.at(notices.openHost());
        fail(1);
        scheduler.runUntilIdle();
        assertThat(heard.types()).containsExactly("row-failed");
        assertThat(heard.all.getFirst().getMessage())
                .isEqualTo("reconciler files/files: update of row-0 failed for good: no space left");
        assertThat(heard.last("attempts")).isEqualTo(3L);
        assertThat(heard.last("rows")).isEqualTo(1L);
    }

    @Test
    void manyInOneSecond_areToldTogetherAfterTheFirstTen() {
        Heard heard = Heard.at(notices.openHost());
        fail(100_000);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(heard.all).hasSize(11);
        assertThat(heard.last("rows")).isEqualTo(99_990L);
        assertThat(heard.last("key")).isEqualTo("row-99999");
        fail(3);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(heard.all).hasSize(14);
        scheduler.advance(Duration.ofHours(1));
        assertThat(heard.all).hasSize(14);
    }

    @Test
    void whereNobodyListens_nothingIsKept() {
        notices.openHost();
        fail(20);
        assertThat(scheduler.waiting()).isZero();
    }
}
