package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How long an answer may hold a snapshot. */
final class LeaseTest {
    private static final ObjectNode PART = JsonNodeFactory.instance.objectNode();

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final Leases leases = new Leases();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger cutOffs = new AtomicInteger();
    private final Lease lease = new Lease(scheduler, leases, part -> sent.incrementAndGet(), cutOffs::incrementAndGet);

    private void pass(Duration time) {
        scheduler.advance(time);
        scheduler.runUntilIdle();
    }

    @Test
    void clientThatReads_renewsIt_upToTenMinutes() throws ControlException, IOException {
        for (int i = 0; i < 11; i++) {
            lease.item(PART);
            pass(Duration.ofSeconds(55));
        }
        assertThat(cutOffs).hasValue(0);
        assertThat(lease.isOver()).isTrue();
        assertThatThrownBy(() -> lease.item(PART)).hasMessageContaining("longer than 10 minutes");
        assertThat(sent).hasValue(11);
    }

    @Test
    void clientThatReadsNothingForAMinute_isCutOff() throws ControlException, IOException {
        lease.item(PART);
        pass(Duration.ofSeconds(40));
        lease.item(PART);
        pass(Duration.ofSeconds(59));
        assertThat(cutOffs).hasValue(0);
        pass(Duration.ofSeconds(1));
        assertThat(cutOffs).hasValue(1);
    }

    @Test
    void recall_endsItWithTheNextPart_orCutsTheClientOff() throws ControlException, IOException {
        lease.item(PART);
        leases.recallAll();
        assertThat(lease.isOver()).isTrue();
        assertThatThrownBy(() -> lease.item(PART)).hasMessageContaining("a plugin stopped meanwhile");
        pass(Duration.ofSeconds(1));
        assertThat(cutOffs).hasValue(1);
    }

    @Test
    void rest_endsIt_andTheNextPartBeginsAnother_thatAnEarlierRecallDoesNotEnd() throws ControlException, IOException {
        lease.item(PART);
        leases.recallAll();
        lease.rest();
        assertThat(lease.isOver()).isFalse();
        lease.item(PART);
        pass(Duration.ofSeconds(2));
        lease.rest();
        pass(Duration.ofHours(1));
        lease.hold();
        assertThat(cutOffs).hasValue(0);
        assertThat(sent).hasValue(2);
    }

    @Test
    void close_leavesNothingBehind() throws ControlException, IOException {
        lease.item(PART);
        lease.close();
        leases.recallAll();
        pass(Duration.ofHours(1));
        assertThat(cutOffs).hasValue(0);
        assertThat(scheduler.waiting()).isZero();
    }
}
