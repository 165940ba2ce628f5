package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeReconciler;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.ReconcilerView;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import javax.management.NotificationEmitter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostWatchTest {
    private static final HealthLine FULL =
            new HealthLine("", "disk", false, "no space left", FakeHost.NOW.minusSeconds(30));

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final FakeHost host = new FakeHost();
    private final Notices notices = new Notices(scheduler, HostBeans.host());
    private final NotificationEmitter emitter = notices.openHost();
    private final HostWatch watch = new HostWatch(notices, HostBeans.host(), host, scheduler);

    @AfterEach
    void close() {
        watch.close();
        host.close();
    }

    private void aSecondPasses() {
        scheduler.advance(Duration.ofSeconds(1));
    }

    @Test
    void hostThatDegradesAndRecovers_isToldOnceEach_withTheReasonAndTheTime() {
        Heard heard = Heard.at(emitter);
        aSecondPasses();
        host.health.add(FULL);
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
        assertThat(heard.last("verdict")).isEqualTo("1 health line is degraded");
        assertThat(heard.last("degradedSince")).isEqualTo(FULL.since().toString());
        host.health.clear();
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded", "recovered");
        assertThat(heard.last("verdict")).isEqualTo("all is well");
        assertThat(heard.last("degradedSince")).isEqualTo(FULL.since().toString());
    }

    @Test
    void whatWasSoBeforeAnybodyListened_isNotTold_andItsEndIs() {
        host.health.add(FULL);
        aSecondPasses();
        Heard heard = Heard.at(emitter);
        aSecondPasses();
        assertThat(heard.types()).isEmpty();
        host.health.clear();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("recovered");
    }

    @Test
    void hostThatCannotSayOnceHowItGoes_isLookedAtAgain() {
        Heard heard = Heard.at(emitter);
        aSecondPasses();
        FakeReconciler<Example.Doc> broken = new FakeReconciler<>("broken", new FakeTable<>(Example.Doc.TABLE));
        broken.broken = true;
        host.reconcilers.add(new ReconcilerView(broken, "docs"));
        aSecondPasses();
        broken.broken = false;
        host.health.add(FULL);
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
    }

    @Test
    void whenItIsClosed_nothingIsToldAnyMore() {
        Heard heard = Heard.at(emitter);
        aSecondPasses();
        watch.close();
        host.health.add(FULL);
        aSecondPasses();
        assertThat(heard.types()).isEmpty();
    }
}
