package dev.homeostat.host.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.fake.FakeTable;
import dev.homeostat.host.view.PluginView.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    private void plugin(String id, State state, String reason) {
        host.plugins.add(
                new PluginView(id, "1.0.0", state, "", reason, id + ".jar", Instant.EPOCH, List.of(), List.of()));
    }

    private void table(String name, String... initializers) {
        host.add(
                new FakeTable<>(
                        TableSpec.of(name, String.class, Index.unique("id", Keys.STRING, row -> row)), initializers),
                "one");
    }

    @Test
    void host_withAllThatItIsThereFor_isReady() {
        plugin("one", State.ACTIVE, "");
        plugin("off", State.STOPPED, "disabled in the configuration (plugins.disabled)");
        plugin("old", State.LEAKED, "stopped by command; version 1.0.0 is still in memory: a thread keeps it");
        table("memos");
        assertThat(Readiness.of(host).missing()).isEmpty();
        assertThat(Readiness.of(host).ready()).isTrue();
    }

    @Test
    void whateverIsMissing_isSaid() {
        plugin("one", State.FOUND, "");
        plugin("two", State.FAILED, "its constructor threw");
        plugin("three", State.FAILED, "its contribute threw; a thread keeps its classes");
        host.plugins.set(
                2, host.plugins.get(2).in(State.LEAKED, host.plugins.get(2).reason()));
        table("memos", "files", "manifests");
        assertThat(Readiness.of(host).ready()).isFalse();
        assertThat(Readiness.of(host).missing())
                .containsExactly(
                        "plugin \"one\" was not yet started",
                        "plugin \"two\" failed: its constructor threw",
                        "plugin \"three\" failed: its contribute threw; a thread keeps its classes",
                        "table \"memos\" waits for files, manifests");
    }
}
