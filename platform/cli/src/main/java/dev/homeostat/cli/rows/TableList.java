package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code homeostat db tables}, and its part of the status. */
public final class TableList {
    private TableList() {}

    public static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("db.tables", Map.of());
        List<Doc> tables = answer.docs("tables");
        if (session.json()) {
            session.print(answer);
        } else if (tables.isEmpty()) {
            session.screen().line("no plugin has contributed a table");
        } else {
            print(session.screen(), 0, tables, true);
        }
        return ExitCode.OK;
    }

    public static void print(Screen screen, int indent, List<Doc> tables, boolean inFull) {
        Grid grid = inFull
                ? new Grid(
                        screen, indent, "NAME", "PLUGIN", "OBJECTS", "REVISION", "GRAVEYARD", "INDEXES", "INITIALIZED")
                : new Grid(screen, indent, "NAME", "PLUGIN", "OBJECTS", "REVISION", "INITIALIZED");
        for (Doc table : tables) {
            Cell name = Cell.of(table.text("name"));
            Cell plugin = Cell.of(table.text("plugin"));
            Cell objects = Cell.of(table.number("objects"));
            Cell revision = Cell.of(table.number("revision"));
            Cell initialized = initialized(table);
            if (inFull) {
                grid.row(
                        name,
                        plugin,
                        objects,
                        revision,
                        Cell.of(table.number("graveyard")),
                        indexes(table),
                        initialized);
            } else {
                grid.row(name, plugin, objects, revision, initialized);
            }
        }
        grid.end();
    }

    private static Cell initialized(Doc table) {
        return table.flag("initialized")
                ? Cell.of("yes")
                : new Cell(
                        Printable.of("no: waits for " + String.join(", ", table.texts("pendingInitializers"))),
                        Tint.BUSY);
    }

    private static Cell indexes(Doc table) {
        return Cell.of(table.docs("indexes").stream()
                .map(index -> index.text("name") + (index.flag("unique") ? "" : "*"))
                .collect(Collectors.joining(" ")));
    }
}
