package dev.homeostat.host.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.jmx.HostBeans;
import dev.homeostat.host.view.Leak;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginWatchTest {
    private static final Instant NOW = VirtualScheduler.START;

    private final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    private final Notices notices = new Notices(scheduler, HostBeans.host());
    private final Heard heard = Heard.at(notices.openHost());
    private final PluginWatch watch = new PluginWatch(notices, id -> HostBeans.host());

    private static PluginView plugin(String version, PluginView.State state, String reason, Instant since) {
        return new PluginView("memos", version, state, "", reason, "", since, List.of(), List.of());
    }

    private List<Object> told() {
        scheduler.runUntilIdle();
        List<Object> told =
                heard.all.stream().<Object>map(one -> one.getMessage()).toList();
        heard.all.clear();
        return told;
    }

    @Test
    void everyStateOfAPlugin_isTold() {
        watch.changed(plugin("1.0.0", PluginView.State.FOUND, "", NOW), List.of());
        watch.changed(plugin("1.0.0", PluginView.State.ACTIVE, "", NOW.plusSeconds(1)), List.of());
        watch.changed(plugin("1.0.0", PluginView.State.ACTIVE, "", NOW.plusSeconds(1)), List.of());
        watch.changed(plugin("2.0.0", PluginView.State.ACTIVE, "", NOW.plusSeconds(2)), List.of());
        watch.changed(plugin("2.0.0", PluginView.State.FAILED, "it threw", NOW.plusSeconds(3)), List.of());
        watch.removed("memos");
        watch.removed("memos");
        assertThat(told())
                .containsExactly(
                        "plugin memos 1.0.0: FOUND",
                        "plugin memos 1.0.0: ACTIVE",
                        "plugin memos 2.0.0: ACTIVE",
                        "plugin memos 2.0.0: FAILED: it threw",
                        "plugin memos 2.0.0: GONE");
    }

    @Test
    void leak_isToldOnce() {
        PluginView stopped = plugin("1.0.0", PluginView.State.STOPPED, "", NOW);
        Leak leak = new Leak("memos", "1.0.0", NOW, "thread \"ticker\" runs");
        Leak other = new Leak("files", "1.0.0", NOW, "thread \"watcher\" runs");
        watch.changed(stopped, List.of());
        told();
        watch.changed(stopped, List.of(other, leak));
        watch.changed(stopped, List.of(leak, other));
        assertThat(told())
                .containsExactly("plugin memos 1.0.0: its classes are still in memory: thread \"ticker\" runs");
        watch.changed(stopped, List.of());
        watch.changed(stopped, List.of(new Leak("memos", "2.0.0", NOW.plusSeconds(9), "a static field")));
        assertThat(told()).hasSize(1);
    }
}
