package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.host.view.RowOwner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random scans, broken units, moves, conflicts, tables and sources that come and go, and restarts, against {@link BoardModel}. */
class SourceBoardModelTest {
    private static final int RUNS = 10;
    private static final int STEPS = 80;
    private static final List<String> SOURCES = List.of("etcd", "manifests");
    private static final Map<String, TableSpec<Thing>> TABLES = Map.of("things", Thing.THINGS, "others", Thing.OTHERS);

    @TempDir
    Path base;

    private Random random = new Random(0);
    private Path data = Path.of("");
    private BoardModel model = new BoardModel(SOURCES);
    private BoardFixture fixture;
    private final Map<String, RWTable<Thing>> tables = new TreeMap<>();
    private final Map<String, SourceFeed> feeds = new TreeMap<>();
    private final List<String> story = new ArrayList<>();

    @BeforeEach
    void begin() {
        fixture = new BoardFixture(base.resolve("none"));
    }

    /** {@code -Dhomeostat.seed=…} repeats a run. */
    @Test
    void board_atRandom_doesWhatTheModelDoes() throws Exception {
        long seed = Long.getLong("homeostat.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            random = new Random(seed + run);
            data = Files.createDirectory(base.resolve("run" + run));
            model = new BoardModel(SOURCES);
            story.clear();
            restart();
            for (int step = 0; step < STEPS; step++) {
                Map<String, Map<String, Long>> revisions = revisions();
                Map<String, Map<String, String>> rows = model.rows();
                step();
                check(seed + run, rows, revisions);
            }
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> table(any(List.of("things", "others")));
            case 1 -> source(any(SOURCES));
            case 2 -> {
                if (random.nextInt(5) == 0) {
                    restart();
                }
            }
            case 3 -> {
                String source = any(SOURCES);
                if (feeds.containsKey(source)) {
                    story.add(source + " unavailable");
                    feeds.get(source).unavailable("gone");
                    model.unavailable(source);
                }
            }
            case 4 -> { // as in a reload of its plugin
                String source = any(SOURCES);
                source(source);
                source(source);
            }
            default -> scan(any(SOURCES));
        }
    }

    private void table(String name) {
        RWTable<Thing> table = tables.remove(name);
        story.add((table == null ? "add " : "remove ") + name);
        if (table == null) {
            tables.put(name, fixture.table(requireNonNull(TABLES.get(name))));
            model.addTable(name);
        } else {
            fixture.remove(table);
            model.removeTable(name);
        }
    }

    private void source(String name) {
        story.add((feeds.containsKey(name) ? "unregister " : "register ") + name);
        if (feeds.remove(name) != null) {
            fixture.board.unregister(name);
            model.unregister(name);
        } else {
            feeds.put(name, fixture.board.register(name, name));
            model.register(name);
        }
    }

    private void restart() {
        story.add("restart");
        fixture = new BoardFixture(data, SOURCES, List.of());
        tables.clear();
        feeds.clear();
        model.restart();
    }

    private void scan(String source) {
        if (!feeds.containsKey(source)) {
            source(source);
        }
        List<SourceUnit> units = new ArrayList<>();
        Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
        for (String unit : List.of("a", "b", "c")) {
            int kind = random.nextInt(10);
            if (kind < 2) {
                units.add(BoardFixture.broken(unit));
                wanted.put(unit, BoardModel.BROKEN);
            } else if (kind < 3
                    && tables.containsKey("things")) { // one that cannot be checked yet has tests of its own
                units.add(BoardFixture.unit(unit, "table: things\nrows: [{nam: x}]"));
                wanted.put(unit, BoardModel.BROKEN);
            } else if (kind < 9) {
                Map<String, String> rows = rows();
                units.add(unit(unit, rows));
                wanted.put(unit, rows);
            }
        }
        story.add(source + " scan " + wanted);
        requireNonNull(feeds.get(source)).apply(new Scan(units));
        model.scan(source, wanted);
    }

    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            rows.put(
                    any(List.of("things", "others")) + "/" + any(List.of("p", "q", "r", "s", "t")),
                    "" + random.nextInt(2));
        }
        return rows;
    }

    private static SourceUnit unit(String name, Map<String, String> rows) {
        StringBuilder yaml = new StringBuilder();
        rows.forEach((key, value) -> yaml.append("---\ntable: %s\nrows: [{name: %s, text: \"%s\"}]\n"
                .formatted(key.substring(0, key.indexOf('/')), key.substring(key.indexOf('/') + 1), value)));
        return BoardFixture.unit(name, yaml.toString());
    }

    private void check(
            long seed, Map<String, Map<String, String>> rowsBefore, Map<String, Map<String, Long>> revisionsBefore) {
        Supplier<String> what = () -> "seed " + seed + ": " + story;
        assertThat(stored()).as(what).isEqualTo(model.rows());
        tables.forEach((name, table) -> {
            assertThat(fixture.initialized(table)).as(what).isEqualTo(model.isInitialized(name));
            requireNonNull(stored().get(name)).forEach((key, value) -> {
                assertThat(fixture.board.owner(name, Keys.STRING.encode(key)).map(RowOwner::toString))
                        .as(what)
                        .isEqualTo(model.owner(name + "/" + key));
                if (value.equals(rowsBefore.getOrDefault(name, Map.of()).get(key))) {
                    assertThat(fixture.revisions(table).get(key))
                            .as(what)
                            .isEqualTo(requireNonNull(revisionsBefore.get(name)).get(key));
                }
            });
        });
    }

    private Map<String, Map<String, String>> stored() {
        Map<String, Map<String, String>> stored = new HashMap<>();
        tables.forEach((name, table) -> {
            Map<String, String> rows = new TreeMap<>();
            table.all(fixture.database.readTxn()).values().forEach(thing -> rows.put(thing.name(), thing.text()));
            stored.put(name, rows);
        });
        return stored;
    }

    private Map<String, Map<String, Long>> revisions() {
        Map<String, Map<String, Long>> revisions = new HashMap<>();
        tables.forEach((name, table) -> revisions.put(name, fixture.revisions(table)));
        return revisions;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
