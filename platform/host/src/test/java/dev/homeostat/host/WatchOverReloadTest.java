package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.control.Caller;
import dev.homeostat.host.control.ControlMethods;
import dev.homeostat.host.view.PluginView.State;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody watches a table, and writes into it, while its plugin is replaced. */
@Timeout(120)
final class WatchOverReloadTest extends HostTest {
    private static final String MEMO = """
        public record Memo(String name, long size) {
            public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME).acceptingSources();
        }
        """;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private static PluginJar version(String version) {
        return PluginJar.modular("memos", "ctx.table(Memo.TABLE);")
                .attribute("Plugin-Version", version)
                .type("test.memos.Memo", MEMO);
    }

    private ObjectNode call(String method, Map<String, Object> params) throws Exception {
        return new ControlMethods(host.host())
                .call(Caller.test(), method, new JsonMapper().valueToTree(params), item -> {
                    String change = item.path("change").stringValue();
                    if (method.equals("db.watch") && !change.equals("none")) {
                        told.add((change + " " + item.path("key").stringValue("")).strip());
                    }
                });
    }

    @Test
    void theWatchGoesOn_noRowComesTwice_andTheOldVersionIsCollected() throws Exception {
        host.with(version("1.0.0"), "memos.jar").start();
        CompletableFuture<ObjectNode> watched = new CompletableFuture<>();
        Thread watcher = Thread.ofVirtual().start(() -> {
            try {
                watched.complete(call("db.watch", Map.of("table", "memos", "initial", true, "limit", 3)));
            } catch (Exception e) {
                watched.completeExceptionally(e);
            }
        });
        try {
            call("db.insert", Map.of("table", "memos", "document", "[{name: a, size: 1}, {name: b, size: 2}]"));
            await().untilAsserted(() -> assertThat(told).containsExactly("update a", "update b"));

            host.with(version("1.1.0"), "memos.jar");
            await().untilAsserted(() -> assertThat(told).endsWith("table-gone", "table-back"));
            await().untilAsserted(() -> {
                assertThat(host.plugin("memos").version()).isEqualTo("1.1.0");
                assertThat(host.plugin("memos").state()).isEqualTo(State.ACTIVE);
            });
            await("the old version is known to be collected")
                    .until(() -> host.host().parts().unloads().isSettled());
            assertThat(host.host().parts().unloads().leaks()).isEmpty();

            assertThat(call("db.delete", Map.of("table", "memos", "key", "a"))
                            .path("deleted")
                            .booleanValue())
                    .isTrue();
            await().untilAsserted(() ->
                    assertThat(told).containsExactly("update a", "update b", "table-gone", "table-back", "delete a"));
            assertThat(watched.get(30, TimeUnit.SECONDS).path("count").intValue())
                    .isEqualTo(3);
        } finally {
            watcher.interrupt();
        }
    }
}
