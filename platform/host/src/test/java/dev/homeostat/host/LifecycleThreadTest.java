package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginAction;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PF4J is not safe for several threads, and plugins cannot be trusted with the one that it has. */
final class LifecycleThreadTest {
    @TempDir
    Path directory;

    @Test
    void commandsOfManyThreads_areDoneOnOne_andNoPluginRunsThere() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        String note = "Files.writeString(ctx.data().resolve(\"thread\"), Thread.currentThread().getName());";
        try (HostFixture host = new HostFixture(directory);
                ExecutorService people = Executors.newFixedThreadPool(6)) {
            for (String id : new String[] {"one", "two", "three"}) {
                host.with(PluginJar.modular(id, note + "ctx.onStop(() -> { " + note + " });"), id + ".jar");
            }
            host.start();
            host.lifecycleOf().listen(new ContributionListener() {
                @Override
                public void pluginChanged(PluginView plugin) {
                    threads.add(Thread.currentThread());
                }
            });
            List<Future<?>> commands = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                for (String id : new String[] {"one", "two", "three"}) {
                    PluginAction action =
                            i % 3 == 0 ? PluginAction.RELOAD : i % 3 == 1 ? PluginAction.STOP : PluginAction.START;
                    commands.add(people.submit(() -> {
                        host.host().act(action, id, "by command");
                        return id;
                    }));
                }
            }
            for (Future<?> command : commands) {
                command.get();
            }
            for (String id : new String[] {"one", "two", "three"}) {
                host.host().act(PluginAction.START, id, "by command");
                assertThat(host.plugin(id).state()).isEqualTo(State.ACTIVE);
                assertThat(host.home.resolve("data/plugins/" + id + "/thread"))
                        .content()
                        .startsWith(id + ": ");
                host.host().act(PluginAction.STOP, id, "by command");
                assertThat(Files.readString(host.home.resolve("data/plugins/" + id + "/thread")))
                        .startsWith(id + ": stop of ");
            }
        }
        assertThat(threads)
                .singleElement()
                .satisfies(thread -> assertThat(thread.getName()).isEqualTo("homeostat-lifecycle"));
    }
}
