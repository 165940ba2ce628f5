package dev.homeostat.host.fake;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.verify.Finding;
import dev.homeostat.host.verify.JarReport;
import dev.homeostat.host.view.ConfigurationProblem;
import dev.homeostat.host.view.HealthLine;
import dev.homeostat.host.view.PluginNeed;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.SettingView;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.WaitingTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A host with a bit of everything: rows that are done, fail, wait and were deleted, a held prune, a broken plugin, a source with a problem. */
public final class Example implements AutoCloseable {
    /** A row of the example. */
    public record Doc(String path, String content, long size) {
        public static final Index<Doc, String> PATH = Index.unique("path", Keys.STRING, Doc::path);
        public static final LongIndex<Doc> SIZE = Index.nonUniqueLong("size", Doc::size);
        public static final TableSpec<Doc> TABLE = TableSpec.of("docs", Doc.class, PATH)
                .index(SIZE)
                .codec(new Codec())
                .acceptingSources();
    }

    public final FakeHost host = new FakeHost();
    public final FakeTable<Doc> docs = new FakeTable<>(Doc.TABLE, "manifests");
    public final FakeReconciler<Doc> disk = new FakeReconciler<>("disk", docs);

    public Example() {
        Instant now = FakeHost.NOW;
        docs.with(new Doc("a.txt", "hello", 5))
                .with(new Doc("b.txt", "two\nlines \u001b[31m", 9))
                .with(new Doc("ghost", "", 0))
                .with(new Doc("new.txt", "", 0));
        docs.delete(Keys.STRING.encode("ghost"));
        disk.status(Keys.STRING.encode("a.txt"), Status.done(1, now.minusSeconds(3)));
        disk.status(
                Keys.STRING.encode("b.txt"),
                Status.error(
                        2, now.minusSeconds(2), "cannot write b.txt: read-only file system", 4, now.plusSeconds(4)));
        disk.status(
                Keys.STRING.encode("ghost"),
                Status.permanent(5, now.minusSeconds(90), "cannot delete ghost: is a directory", 1));
        disk.status(Keys.STRING.encode("new.txt"), Status.pending(4, Instant.EPOCH));
        host.settings.add(new SettingView(
                "host",
                "plugins.stop-deadline",
                "10s",
                "default",
                "a duration such as 500ms, 10s or 5m, at least 10ms",
                "10s",
                "How long a plugin may take to stop while the host goes on.",
                "5s",
                "conf/homeostat.yaml:7"));
        host.settings.add(new SettingView(
                "plugin memos",
                "password",
                "***",
                "environment variable HOMEOSTAT_PLUGIN_MEMOS_PASSWORD_FILE",
                "a secret, or nothing",
                "",
                "What the store asks for.",
                "",
                ""));
        host.configurationProblems.add(new ConfigurationProblem(
                true, "conf/homeostat.yaml", 3, "unknown key \"sorces\"; did you mean \"sources\"?"));
        host.configurationProblems.add(new ConfigurationProblem(
                false, "environment variable HOMEOSTAT_SORCES", 0, "is not used: there is no such setting"));
        host.checked.add(new JarReport(
                "plugins/files-1.0.0.jar", "files", "1.0.0", "0123456789abcdef".repeat(4), "module layer", List.of()));
        host.checked.add(new JarReport(
                "plugins/fat.jar",
                "fat",
                "2.0.0",
                "",
                "",
                List.of(
                        new Finding(
                                Finding.Kind.ERROR,
                                "it needs plugin API >=99.0.0 (Plugin-Requires), and this is 0.1.0",
                                "use another version of the plugin, or of Homeostat"),
                        new Finding(
                                Finding.Kind.WARNING,
                                "plugin \"fat\" would not be started: plugins.disabled names it",
                                "take it out there, when it is to run"))));
        disk.problems = List.of("prune 7 is held");
        disk.held = new HeldPrune(
                7,
                "would remove 12 of 14: more than half, and more than 10",
                java.util.stream.IntStream.range(0, 12)
                        .mapToObj(i -> "old-" + i)
                        .toList(),
                now.minusSeconds(30));
        disk.attempts = List.of(
                new Explanation.Attempt(
                        "update",
                        Cause.RETRY,
                        2,
                        4,
                        now.minusSeconds(2),
                        Duration.ofMillis(12),
                        "failed",
                        "cannot write b.txt: read-only file system"),
                new Explanation.Attempt(
                        "update",
                        Cause.CHANGE,
                        2,
                        1,
                        now.minusSeconds(9),
                        Duration.ofMillis(1500),
                        "failed",
                        "timed out"));
        host.add(docs, "docs");
        host.add(disk, "docs");
        host.plugins.add(new PluginView(
                "broken.jar",
                "",
                PluginView.State.FAILED,
                "",
                "not a plugin: its manifest has no Plugin-Id",
                "plugins/broken.jar",
                now.minusSeconds(125),
                List.of(),
                List.of()));
        host.plugins.add(new PluginView(
                "docs",
                "1.2.0",
                PluginView.State.ACTIVE,
                "module layer",
                "",
                "plugins/docs.jar",
                now.minusSeconds(124),
                List.of("docs"),
                List.of("docs/disk"),
                ">=0.1.0 & <1.0.0",
                List.of(new PluginNeed("clock", ">=1.0.0", true)),
                false));
        host.sources.add(new SourceView(
                "manifests",
                "manifests",
                "2 unit(s), 3 row(s)",
                3,
                List.of(
                        "manifests/web.yaml:3: unknown field \"pth\"; did you mean \"path\"?",
                        "manifests/web.yaml:1: there is no table \"docz\", which is named in 1 more place; did you mean"
                                + " \"docs\"?"),
                now.minusSeconds(45),
                List.of(
                        new WaitingTable(
                                "docz", List.of("manifests/web.yaml:1", "manifests/more.yaml:7"), 2, "docs", false),
                        new WaitingTable("notes", List.of("manifests/web.yaml:9"), 1, "", true))));
        host.rejected.set(
                "docs",
                List.of(new RejectedRow(
                        "docs",
                        "big.bin",
                        new Tree.Mapping(Map.of("path", Tree.scalar("big.bin")), Place.NOWHERE),
                        "size: must be at most 1024, but was 4096",
                        false,
                        now.minusSeconds(120),
                        null)));
        host.health.add(new HealthLine("docs", "watcher", true, "watching", now.minusSeconds(60)));
        host.health.add(new HealthLine("docs", "upload", false, "no space left", now.minusSeconds(4000)));
    }

    @Override
    public void close() {
        host.close();
    }

    private static final class Codec implements RowCodec<Doc> {
        @Override
        public Tree encode(Doc doc) {
            Map<String, Tree> entries = new LinkedHashMap<>();
            entries.put("path", Tree.scalar(doc.path()));
            entries.put("content", Tree.scalar(doc.content()));
            entries.put("size", Tree.scalar(doc.size()));
            return new Tree.Mapping(entries, Place.NOWHERE);
        }

        @Override
        public Doc decode(Tree document) {
            throw new UnsupportedOperationException();
        }
    }
}
