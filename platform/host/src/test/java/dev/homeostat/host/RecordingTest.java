package dev.homeostat.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of the JVM shows of plugins, and that it keeps none. */
final class RecordingTest {
    private static final List<String> OURS =
            List.of("Commit", "Operation", "Round", "Prune", "PluginLoad", "PluginUnload");

    @TempDir
    Path directory;

    @Test
    void comingsAndGoingsOfPlugins_areEvents_andARecordingThatGoesOnKeepsNoClassOfThem() throws Exception {
        Map<String, Object> handed = new ConcurrentHashMap<>();
        System.getProperties().put("recorded-plugins", handed);
        try (HostFixture host = new HostFixture(directory).file("conf/homeostat.yaml", "sources: []\n");
                Recording recording = new Recording()) {
            OURS.forEach(name -> recording.enable("dev.homeostat." + name).withThreshold(Duration.ZERO));
            recording.start();
            host.with(PluginJar.modular("good", "").pluginClass("good", """
                static final class Ops implements Operations<String> {
                    public Outcome update(OperationContext context, String row) throws Exception {
                        if (context.attempt() == 1) {
                            throw new Exception("planted") { };
                        }
                        return Outcome.done();
                    }
                    public Outcome delete(OperationContext context, String row) { return Outcome.done(); }
                    public void prune(PruneContext context, Rows<String> desired) { }
                }
                """, """
                ((Map<String, Object>) System.getProperties().get("recorded-plugins"))
                        .put("good", new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
                Database database = ctx.database();
                RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
                ctx.reconciler("r", names, new Ops(), Options.defaults()
                        .pruning(Duration.ofMinutes(10)).retrying(Duration.ofMillis(1), Duration.ofMillis(2)));
                ctx.job("j", () -> database.write(names, txn -> names.insert(txn, "a")));
                """), "good.jar")
                    .with(PluginJar.modular("bad", "throw new IllegalStateException(\"too early\");"), "bad.jar")
                    .start();
            await("the update that is tried again")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> operations(events(recording)).anyMatch(event -> event.getInt("attempt") == 2));
            host.lifecycle(() -> host.lifecycleOf().unload("good", "by command"));
            WeakReference<?> loader = (WeakReference<?>) requireNonNull(handed.get("good"));
            await("the loader's end").atMost(Duration.ofSeconds(20)).until(() -> loader.refersTo(null));

            List<RecordedEvent> events = events(recording);
            assertThat(of(events, "PluginLoad"))
                    .anySatisfy(event -> {
                        assertThat(event.getString("plugin")).isEqualTo("good");
                        assertThat(event.getString("version")).isEqualTo("1.0.0");
                        assertThat(event.getString("jar")).endsWith("good.jar");
                        assertThat(event.getString("isolation")).isNotEmpty();
                        assertThat(event.getString("error")).isNull();
                        assertThat(event.getDuration("classLoading"))
                                .isPositive()
                                .isLessThan(event.getDuration());
                    })
                    .anySatisfy(event -> {
                        assertThat(event.getString("plugin")).isEqualTo("bad");
                        assertThat(event.getString("error")).contains("too early");
                    });
            assertThat(of(events, "PluginUnload"))
                    .anySatisfy(event -> assertThat(event.getString("plugin")).isEqualTo("good"));
            assertThat(of(events, "Round"))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.getDuration("writeTime"))
                            .isPositive()
                            .isLessThan(event.getDuration()));
            assertThat(operations(events)).anySatisfy(event -> {
                assertThat(event.getString("error")).contains("planted");
                assertThat(event.getString("key")).isEqualTo("a");
            });
        } finally {
            System.getProperties().remove("recorded-plugins");
        }
    }

    private static Stream<RecordedEvent> operations(List<RecordedEvent> events) {
        return of(events, "Operation").stream()
                .filter(event -> event.getString("reconciler").equals("names/r"));
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.homeostat." + name))
                .toList();
    }

    private List<RecordedEvent> events(Recording recording) throws IOException {
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }
}
