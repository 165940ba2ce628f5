package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.host.view.PluginView.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows come, change and go all the time, by a job and by a source, and are reconciled by the plugin that owns them and by one that depends on it, while both are
 * reloaded, replaced, and replaced by versions that cannot start. At the end the target is what is desired, and nothing was done twice but where that cannot
 * be known. The system properties {@code homeostat.seed} and {@code homeostat.replacements} give a run again, or a longer one.
 */
final class RandomReplacementsTest {
    private static final long SEED = Long.getLong("homeostat.seed", System.nanoTime());
    private static final int REPLACEMENTS = Integer.getInteger("homeostat.replacements", 10);

    private static final String MEMO = """
        public record Memo(String name, String text) {
            public static final Index<Memo, String> NAME = Index.unique("name", Keys.STRING, Memo::name);
            public static final TableSpec<Memo> TABLE = TableSpec.of("memos", Memo.class, NAME);
        }
        """;

    /** Statuses in the rows. */
    private static final String NOTE = """
        public record Note(String name, String text, StatusSet statuses) {
            static final Index<Note, String> NAME = Index.unique("name", Keys.STRING, Note::name);
            static final StatusesInRow<Note> STATUSES = StatusesInRow.set(Note::statuses, Note::with);
            static final TableSpec<Note> TABLE =
                    TableSpec.of("notes", Note.class, NAME).statuses(STATUSES).acceptingSources();
            Note with(StatusSet other) { return new Note(name, text, other); }
        }
        """;

    /** Each row is a file; every seventh fails at first. What is done goes to a log. */
    private static final String TARGET = """
        static final class Target<T> implements Operations<T> {
            private final Path directory;
            private final Path log;
            private final java.util.function.Function<T, String> name;
            private final java.util.function.Function<T, String> text;

            Target(Path home, String kind, java.util.function.Function<T, String> name, java.util.function.Function<T, String> text)
                    throws Exception {
                this.directory = Files.createDirectories(home.resolve("target-" + kind));
                this.log = home.resolve("log-" + kind);
                this.name = name;
                this.text = text;
            }

            public Outcome update(OperationContext context, T row) throws Exception {
                boolean fails = context.attempt() == 1 && text.apply(row).hashCode() % 7 == 0;
                append(log, name.apply(row) + " " + text.apply(row) + (fails ? " fails" : " done"));
                if (fails) {
                    return Outcome.retry("at first", Duration.ofMillis(3));
                }
                Files.writeString(directory.resolve(name.apply(row)), text.apply(row));
                return Outcome.done();
            }

            public Outcome delete(OperationContext context, T row) throws Exception {
                if (context.attempt() == 1 && text.apply(row).hashCode() % 5 == 0) {
                    return Outcome.retry("at first", Duration.ofMillis(3));
                }
                Files.deleteIfExists(directory.resolve(name.apply(row)));
                return Outcome.done();
            }

            /** In one write that no interrupt tears. */
            static synchronized void append(Path file, String line) throws java.io.IOException {
                try (var out = new java.io.FileOutputStream(file.toFile(), true)) {
                    out.write((line + "\\n").getBytes());
                }
            }
        }
        """;

    private static final String BASE = """
        RWTable<Memo> memos = ctx.table(Memo.TABLE);
        RWTable<Note> notes = ctx.table(Note.TABLE);
        Path home = ctx.home();
        Options options = Options.defaults().withoutPruning().concurrency(4);
        ctx.reconciler("in", notes, Note.STATUSES.slot("in"), new Target<>(home, "notes", Note::name, Note::text), options);
        ctx.reconciler("own", memos, new Target<>(home, "own", Memo::name, Memo::text), options);
        Database db = ctx.database();
        ctx.job("write", () -> {
            Random random = new Random();
            while (!Files.exists(home.resolve("enough"))) {
                String name = "memo-" + random.nextInt(40);
                String text = "t" + System.nanoTime();
                boolean delete = random.nextInt(3) == 0;
                db.write(memos, txn -> delete
                        ? memos.delete(txn, Memo.NAME.query(name)) : memos.insert(txn, new Memo(name, text)));
                Target.append(home.resolve("written"), name + " " + (delete ? "-" : text));
                java.util.concurrent.locks.LockSupport.parkNanos(300_000);
            }
            Target.append(home.resolve("written"), "end");
            new CountDownLatch(1).await();
        });
        """;
    private static final String TOP = """
        Table<test.base.Memo> memos = ctx.use(test.base.Memo.TABLE);
        ctx.reconciler("top", memos, new Target<>(ctx.home(), "top", test.base.Memo::name, test.base.Memo::text),
                Options.defaults().withoutPruning().concurrency(2));
        """;

    /** The rows of the file that the test rewrites, looked at all the time. */
    private static final String SOURCE = """
        Path file = ctx.home().resolve("rows");
        ctx.source("etcd", feed -> {
            while (true) {
                List<Tree> rows = ctx.documents().read("rows", Files.readString(file));
                DesiredRows desired = new DesiredRows("notes", new Place("rows", 1), rows);
                feed.apply(new Scan(List.of(SourceUnit.of("/notes", List.of(desired)))));
                new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS);
            }
        });
        """;

    /** Fails when all else has started that starts before what acts on the world. */
    private static final String LATE = "ctx.mbean(\"odd\", new Object());";

    private static final String EARLY = "if (true) throw new IllegalStateException(\"planted\");";

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, String> notes = new TreeMap<>();
    private int versions;

    @Test
    void nothingIsLostOrDoneTwice_whateverIsReplaced() throws Exception {
        System.out.println("homeostat.seed=" + SEED);
        try (HostFixture host = new HostFixture(directory)) {
            run(host);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dhomeostat.seed=" + SEED + " -Dhomeostat.replacements=" + REPLACEMENTS, e);
        }
    }

    private void run(HostFixture host) throws Exception {
        Map<String, Path> jars = jars();
        host.file("conf/homeostat.yaml", "sources: []\n").with(PluginJar.modular("etcd", SOURCE), "etcd.jar");
        writeNotes(host);
        copy(jars, "base-good", host);
        copy(jars, "top-good", host);
        host.start();
        for (int i = 0; i < REPLACEMENTS; i++) {
            awaitMore(host, random.nextInt(5, 60));
            writeNotes(host);
            String id = random.nextInt(3) == 0 ? "top" : "base";
            String kind = List.of("good", "wide", "early", "late").get(random.nextInt(4));
            copy(jars, id + "-" + kind, host);
            host.lifecycle(() -> host.lifecycleOf().reload(id));
            boolean refused = kind.equals("early") || kind.equals("late");
            assertThat(host.plugin("base").state()).isEqualTo(State.ACTIVE);
            assertThat(host.plugin("top").state()).isEqualTo(State.ACTIVE);
            assertThat(host.plugin(id).reason().contains(" was refused: "))
                    .as("%s: %s", kind, host.plugin(id).reason())
                    .isEqualTo(refused);
        }
        Files.createFile(host.home.resolve("enough"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> written(host).getLast().equals("end"));
        Map<String, String> memos = memos(host);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(target(host, "own")).isEqualTo(memos);
            assertThat(target(host, "top")).isEqualTo(memos);
            assertThat(target(host, "notes")).isEqualTo(notes);
            assertThat(host.host().reconcilers()).hasSize(3).allSatisfy(view -> assertQuiet(view.reconciler()));
        });
        assertThat(host.host().rejected().all()).isEmpty();
        for (String log : List.of("own", "top", "notes")) {
            assertThat(doneTwice(host, log)).as(log).isEmpty();
        }
        assertThat(host.plugin("base").state()).isEqualTo(State.ACTIVE);
    }

    private static void assertQuiet(Reconciler<?> reconciler) {
        assertThat(reconciler.stats().queued()).isZero();
        assertThat(reconciler.undoneDeletes()).isEmpty();
        assertThat(reconciler.health().ok()).isTrue();
    }

    /** Each version of a row is done once, and fails once at most: a reload keeps attempts, and what was done. */
    private static List<String> doneTwice(HostFixture host, String log) throws Exception {
        Map<String, Long> count = Files.readAllLines(host.home.resolve("log-" + log)).stream()
                .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
        return count.entrySet().stream()
                .filter(one -> one.getValue() > 1)
                .map(one -> one.getKey() + ": " + one.getValue())
                .toList();
    }

    private static List<String> written(HostFixture host) throws Exception {
        Path file = host.home.resolve("written");
        return Files.exists(file) ? Files.readAllLines(file) : List.of("");
    }

    private static void awaitMore(HostFixture host, int more) throws Exception {
        int before = written(host).size();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> written(host).size() > before + more);
    }

    /** What the job desires. */
    private static Map<String, String> memos(HostFixture host) throws Exception {
        Map<String, String> memos = new HashMap<>();
        for (String line : written(host)) {
            String[] words = line.split(" ", 2);
            if (words.length == 2) {
                if (words[1].equals("-")) {
                    memos.remove(words[0]);
                } else {
                    memos.put(words[0], words[1]);
                }
            }
        }
        return memos;
    }

    /** What the source desires from now on. */
    private void writeNotes(HostFixture host) throws Exception {
        for (int i = 0; i < 6; i++) {
            String name = "note-" + random.nextInt(12);
            if (random.nextBoolean()) {
                notes.put(name, "v" + versions++);
            } else {
                notes.remove(name);
            }
        }
        List<String> documents = new ArrayList<>();
        notes.forEach((name, text) -> documents.add("{name: " + name + ", text: " + text + "}"));
        Path draft = Files.writeString(host.home.resolve("rows.draft"), String.join("\n---\n", documents));
        Files.move(draft, host.home.resolve("rows"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, String> target(HostFixture host, String kind) throws Exception {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.list(host.home.resolve("target-" + kind))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static void copy(Map<String, Path> jars, String name, HostFixture host) throws Exception {
        Path jar = Objects.requireNonNull(jars.get(name), name);
        Path draft = Files.copy(jar, host.plugins().resolve("draft"), StandardCopyOption.REPLACE_EXISTING);
        String id = name.substring(0, name.indexOf('-'));
        Files.move(draft, host.plugins().resolve(id + ".jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, Path> jars() {
        Map<String, Path> jars = new HashMap<>();
        String wide = MEMO.replace("String text", "String text, @Default(\"x\") String more")
                .replace("    public static final TableSpec", """
                    public Memo(String name, String text) { this(name, text, "y"); }
                    public static final TableSpec\
                    """);
        jars.put("base-good", base(BASE, MEMO));
        jars.put("base-wide", base(BASE, wide));
        jars.put("base-early", base(EARLY + BASE, MEMO));
        jars.put("base-late", base(BASE + LATE, MEMO));
        Path base = Objects.requireNonNull(jars.get("base-good"), "base");
        jars.put("top-good", top(TOP, base));
        jars.put("top-wide", top(TOP + "ctx.counter(\"another\");", base));
        jars.put("top-early", top(EARLY + TOP, base));
        jars.put("top-late", top(TOP + LATE, base));
        return jars;
    }

    private Path base(String contribute, String memo) {
        return write(PluginJar.plugin("base")
                .pluginClass("base", TARGET, contribute)
                .type("test.base.Memo", memo)
                .type("test.base.Note", NOTE)
                .source("module-info", """
                    module test.base {
                        requires dev.homeostat.api;
                        exports test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.base.ThePlugin;
                    }
                    """));
    }

    private Path top(String contribute, Path base) {
        return write(PluginJar.plugin("top")
                .pluginClass("top", TARGET, contribute)
                .against(base)
                .attribute("Plugin-Dependencies", "base")
                .source("module-info", """
                    module test.top {
                        requires dev.homeostat.api;
                        requires test.base;
                        provides dev.homeostat.api.plugin.Plugin with test.top.ThePlugin;
                    }
                    """));
    }

    private Path write(PluginJar jar) {
        return jar.writeTo(directory.resolve("made"), "jar-" + versions++ + ".jar");
    }
}
