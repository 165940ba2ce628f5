package dev.homeostat.host.source;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.statedb.StateDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A board over a real database, and documents as a person writes them. */
final class BoardFixture {
    static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    final Database database = StateDatabase.create();
    final Path data;
    final SourceBoard board;

    BoardFixture(Path data, List<String> expected, List<String> ignored) {
        this.data = data;
        this.board = new SourceBoard(database, InstantSource.fixed(NOW), data, expected, ignored);
    }

    BoardFixture(Path data) {
        this(data, List.of("manifests"), List.of());
    }

    /** Makes a table as the host does. */
    RWTable<Thing> table(TableSpec<Thing> spec) {
        RWTable<Thing> table = database.create(spec, board.initializersFor(spec).toArray(String[]::new));
        board.tableAdded(table);
        return table;
    }

    void remove(RWTable<Thing> table) {
        board.tableRemoved(table.name());
        database.remove(table);
    }

    /** A unit of documents {@code table:} and {@code rows:}; broken where it does not parse. */
    static SourceUnit unit(String name, String yaml) {
        try {
            List<DesiredRows> rows = new ArrayList<>();
            for (Tree document : new YamlReader().read(name, yaml)) {
                Map<String, Tree> entries = ((Tree.Mapping) document).entries();
                Tree.Scalar table = (Tree.Scalar) requireNonNull(entries.get("table"));
                rows.add(new DesiredRows(
                        String.valueOf(table.value()),
                        table.place(),
                        ((Tree.Sequence) requireNonNull(entries.get("rows"))).items()));
            }
            return SourceUnit.of(name, rows);
        } catch (DocumentException e) {
            return SourceUnit.broken(name, e.problems());
        }
    }

    /** A unit with rows {@code name=text} of table {@code things}. */
    static SourceUnit things(String unit, String... rows) {
        StringBuilder yaml = new StringBuilder("table: things\nrows:");
        for (String row : rows) {
            int equals = row.indexOf('=');
            yaml.append("\n  - {name: \"%s\", text: \"%s\"}"
                    .formatted(row.substring(0, equals), row.substring(equals + 1)));
        }
        return unit(unit, rows.length == 0 ? "table: things\nrows: []" : yaml.toString());
    }

    static SourceUnit broken(String unit) {
        return unit(unit, "table: [");
    }

    static Scan scan(SourceUnit... units) {
        return new Scan(List.of(units));
    }

    /** The rows as {@code name=text}. */
    List<String> rows(RWTable<Thing> table) {
        return table.all(database.readTxn())
                .values()
                .map(thing -> thing.name() + "=" + thing.text())
                .toList();
    }

    Map<String, Long> revisions(RWTable<Thing> table) {
        Map<String, Long> revisions = new TreeMap<>();
        for (Row<Thing> row : table.all(database.readTxn())) {
            revisions.put(row.value().name(), row.revision());
        }
        return revisions;
    }

    boolean initialized(RWTable<Thing> table) {
        ReadTxn txn = database.readTxn();
        return table.initialized(txn);
    }

    SourceView view(String source) {
        return board.view().stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow();
    }

    static List<String> text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
