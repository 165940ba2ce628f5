package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeReconciler;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReconcilerWatchTest {
    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final Notices notices = new Notices(scheduler, HostBeans.host());
    private final Heard heard = Heard.at(notices.openHost());
    private final ReconcilerWatch watch = new ReconcilerWatch(notices, HostBeans::reconciler, scheduler);
    private final FakeTable<Example.Doc> docs =
            new FakeTable<>(Example.Doc.TABLE).with(new Example.Doc("a.txt", "", 0));
    private final FakeReconciler<Example.Doc> disk = new FakeReconciler<>("disk", docs);

    private void aSecondPasses() {
        scheduler.advance(Duration.ofSeconds(1));
    }

    @Test
    void reconcilerThatDegradesAndRecovers_isToldOnceEach() {
        watch.add(disk);
        aSecondPasses();
        assertThat(heard.all).isEmpty();
        disk.status(
                Keys.STRING.encode("a.txt"),
                Status.error(
                        1,
                        scheduler.instant(),
                        "disk full",
                        1,
                        scheduler.instant().plusSeconds(9)));
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
        assertThat(heard.last("error")).isEqualTo("a.txt: disk full");
        assertThat(heard.last("failing")).isEqualTo(1L);
        disk.status(Keys.STRING.encode("a.txt"), Status.done(1, scheduler.instant()));
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded", "recovered");
        assertThat(heard.last("degradedSince"))
                .isEqualTo(VirtualScheduler.START.plusSeconds(2).toString());
    }

    @Test
    void reconcilerThatIsMendedByAReload_isToldToHaveRecovered() {
        watch.add(disk);
        disk.problems = List.of("hangs");
        aSecondPasses();
        watch.remove("docs/disk");
        aSecondPasses();
        watch.add(new FakeReconciler<>("disk", docs));
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded", "recovered");
        assertThat(heard.last("degradedSince"))
                .isEqualTo(VirtualScheduler.START.plusSeconds(1).toString());
    }

    @Test
    void reconcilerThatFailsBeforeAndAfterAReload_isToldOnce() {
        watch.add(disk);
        disk.problems = List.of("hangs");
        aSecondPasses();
        watch.remove("docs/disk");
        watch.add(disk);
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
    }

    @Test
    void reconcilerThatCannotSayHowItGoes_keepsNoOtherFromBeingLookedAt() {
        FakeReconciler<Example.Doc> broken = new FakeReconciler<>("a-broken", docs);
        watch.add(broken);
        watch.add(disk);
        broken.broken = true;
        aSecondPasses();
        disk.problems = List.of("hangs");
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
        broken.broken = false;
        broken.problems = List.of("hangs too");
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded", "degraded");
    }

    @Test
    void heldPrune_isToldOnceForEachList() {
        watch.add(disk);
        disk.held = new HeldPrune(7, "would remove 2 of 2", List.of("x", "y"), scheduler.instant());
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.types()).containsExactly("prune-held");
        assertThat(heard.last("number")).isEqualTo(7L);
        assertThat(heard.last("removals")).isEqualTo(2L);
        disk.held = null;
        aSecondPasses();
        disk.held = new HeldPrune(8, "would remove 3 of 3", List.of("x", "y", "z"), scheduler.instant());
        aSecondPasses();
        assertThat(heard.types()).containsExactly("prune-held", "prune-held");
    }

    @Test
    void reconcilerThatIsGone_isNotAskedAnyMore() {
        watch.add(disk);
        watch.remove("docs/disk");
        disk.problems = List.of("stopped");
        aSecondPasses();
        aSecondPasses();
        assertThat(heard.all).isEmpty();
        assertThat(scheduler.waiting()).as("nothing to look at, no timer").isZero();
        watch.add(disk);
        aSecondPasses();
        assertThat(heard.types()).containsExactly("degraded");
        watch.close();
        assertThat(scheduler.waiting()).isZero();
    }
}
