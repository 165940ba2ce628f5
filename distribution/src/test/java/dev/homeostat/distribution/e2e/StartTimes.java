package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How long a start takes, and a replacement: measured on demand ({@code -Dit.test=StartTimes}, docs/performance.md), never in a build, and nothing is asserted
 * of a time.
 */
class StartTimes extends E2eTest {
    private static final int RUNS = 15;
    private static final int PLUGINS = 20;

    /** A small plugin as an author would write it: a configuration, a table, a reconciler. */
    private Path plugin(Path jar, String id, String version) {
        String name = "test." + id;
        return new PluginJar(directory.resolve("work-" + id + version), id)
                .attribute("Plugin-Version", version)
                .source("module-info", """
                    module %1$s {
                        requires dev.homeostat.api;
                        provides dev.homeostat.api.plugin.Plugin with %1$s.ThePlugin;
                    }
                    """.formatted(name))
                .source(name + ".Note", """
                    package %s;
                    import dev.homeostat.api.db.*;
                    public record Note(String name, String text, int weight) {
                        static final Index<Note, String> NAME = Index.unique("name", Keys.STRING, Note::name);
                        static final TableSpec<Note> TABLE = TableSpec.of("%s", Note.class, NAME);
                    }
                    """.formatted(name, id))
                .source(name + ".Settings", """
                    package %s;
                    import dev.homeostat.api.tree.*;
                    public record Settings(@Default("10") int limit, @Default("notes") String folder) {}
                    """.formatted(name))
                .source(name + ".ThePlugin", """
                    package %s;
                    import dev.homeostat.api.db.*;
                    import dev.homeostat.api.plugin.*;
                    import dev.homeostat.api.reconcile.*;
                    public class ThePlugin implements Plugin {
                        public void contribute(PluginContext context) {
                            int limit = context.config(Settings.class).limit();
                            RWTable<Note> notes = context.table(Note.TABLE);
                            context.reconciler("notes", notes, new Operations<Note>() {
                                public Outcome update(OperationContext c, Note note) { return Outcome.done(); }
                                public Outcome delete(OperationContext c, Note note) { return Outcome.done(); }
                            }, Options.defaults());
                            context.job("first", () -> context.database().write(notes,
                                    txn -> notes.insert(txn, new Note("first", "%s", limit))));
                        }
                    }
                    """.formatted(name, version))
                .writeTo(jar);
    }

    @Test
    void starts() {
        Home many = new Home(directory.resolve("many"));
        for (int i = 1; i <= PLUGINS; i++) {
            plugin(many.path("plugins/extra" + i + ".jar"), "extra" + i, "1.0.0");
        }
        Map<String, String> uncached = Map.of("HOMEOSTAT_JVM_OPTIONS", "-XX:AOTMode=off");
        List<Long> bundled = new ArrayList<>();
        List<Long> twenty = new ArrayList<>();
        List<Long> withoutCache = new ArrayList<>();
        List<Long> stops = new ArrayList<>();
        for (int i = -1; i < RUNS; i++) { // the first is not counted
            time(i, home, Map.of(), bundled, stops);
            time(i, many, Map.of(), twenty, new ArrayList<>());
            time(i, home, uncached, withoutCache, new ArrayList<>());
        }
        Times.show("start to ready, bundled plugins", bundled);
        Times.show("start to ready, bundled plugins and " + PLUGINS, twenty);
        Times.show("start to ready, bundled plugins, no cache", withoutCache);
        Times.show("SIGTERM to end, bundled plugins", stops);
    }

    private static void time(int run, Home home, Map<String, String> environment, List<Long> starts, List<Long> stops) {
        long began = System.nanoTime();
        try (HostProcess host = HostProcess.launch(home, List.of(), environment)) {
            host.awaitReady();
            long ready = System.nanoTime();
            host.terminate();
            if (run >= 0) {
                starts.add(ready - began);
                stops.add(System.nanoTime() - ready);
            }
        }
    }

    @Test
    void replacements() throws IOException {
        Path dropped = home.path("plugins/late.jar");
        plugin(dropped, "late", "1.0.0");
        Path next = directory.resolve("next.jar");
        Jmx jmx = attach(start());
        String name = "dev.homeostat:type=Plugin,id=late";
        List<Long> took = new ArrayList<>();
        for (int i = -1; i < RUNS; i++) {
            String version = "1.1." + (i + 1);
            plugin(next, "late", version);
            Files.move(next, dropped, StandardCopyOption.ATOMIC_MOVE);
            long began = System.nanoTime();
            await("version " + version)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> jmx.get(name, "State").equals("ACTIVE")
                            && jmx.get(name, "Version").equals(version));
            if (i >= 0) {
                took.add(System.nanoTime() - began);
            }
        }
        Times.show("a jar overwritten to its new version active", took);
    }
}
