package dev.homeostat.host.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.FakeHost;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    @Test
    void nothingThere_isWell() {
        try (FakeHost host = new FakeHost()) {
            assertThat(Verdict.of(host)).isEqualTo(new Verdict(false, "all is well", null));
        }
    }

    @Test
    void allThatIsWrong_isCounted_andSinceTheOldestOfIt() {
        try (Example example = new Example()) {
            Verdict verdict = Verdict.of(example.host);
            assertThat(verdict.degraded()).isTrue();
            assertThat(verdict.text())
                    .isEqualTo("1 plugin does not run as it should, 2 rows fail with 2 different errors,"
                            + " 1 prune is held, 1 source has problems, 1 health line is degraded");
            assertThat(verdict.since()).isEqualTo(FakeHost.NOW.minusSeconds(4000));
        }
    }

    @Test
    void whatPeopleStoppedOrPaused_isToldAndIsNoFault() {
        try (FakeHost host = new FakeHost()) {
            host.plugins.add(plugin("notes", PluginView.State.STOPPED));
            host.plugins.add(plugin("docs", PluginView.State.ACTIVE));
            assertThat(Verdict.of(host)).isEqualTo(new Verdict(false, "all is well, with 1 plugin stopped", null));
        }
        try (Example example = new Example()) {
            example.disk.options(Options.defaults().mode(Mode.PAUSED));
            assertThat(Verdict.of(example.host).text()).endsWith("degraded, with 1 reconciler paused");
            example.disk.options(Options.defaults().mode(Mode.PLAN));
            assertThat(Verdict.of(example.host).text()).endsWith("degraded, with 1 reconciler only planning");
        }
    }

    private static PluginView plugin(String id, PluginView.State state) {
        return new PluginView(id, "1.0.0", state, "", "", id + ".jar", FakeHost.NOW, List.of(), List.of());
    }

    @Test
    void aProblemBesidesTheHeldPrune_isCountedForItself() {
        try (Example example = new Example()) {
            example.disk.problems = List.of("prune 7 is held", "update of a.txt hangs");
            assertThat(Verdict.of(example.host).text()).contains("1 prune is held, 1 reconciler has a problem");
            example.disk.held = null;
            example.disk.problems = List.of("the last prune failed");
            assertThat(Verdict.of(example.host).text())
                    .contains("1 reconciler has a problem")
                    .doesNotContain("prune");
        }
    }

    @Test
    void theVerdict_isTheHostsOwn() {
        try (Example example = new Example()) {
            assertThat(Verdict.of(example.host).degraded()).isEqualTo(example.host.degraded());
        }
    }
}
