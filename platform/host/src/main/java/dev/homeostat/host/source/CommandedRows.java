package dev.homeostat.host.source;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.DeletedRow;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.host.view.RowRefusedException;
import dev.homeostat.host.view.RowWriter;
import dev.homeostat.host.view.WrittenRow;
import dev.homeostat.host.view.WrittenRow.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that people write by command. They are owned as those of sources are, under the same lock; what a present source owns is not touched. */
final class CommandedRows implements RowWriter {
    private final SourceBoard board;
    private final Database database;
    private final BoardTables tables;
    private final Owners owners;

    CommandedRows(SourceBoard board, Database database, BoardTables tables, Owners owners) {
        this.board = board;
        this.database = database;
        this.tables = tables;
        this.owners = owners;
    }

    @Override
    public List<WrittenRow> insert(String table, List<Tree> rows) {
        return board.changing(() -> insert(open(table), rows));
    }

    @Override
    public @Nullable DeletedRow delete(String table, Key key) {
        return board.changing(() -> delete(open(table), key));
    }

    @Override
    public @Nullable RowOwner ownerOf(String table, Key key) {
        RowOwner owner = owners.get(table, key);
        return RowOwner.COMMAND.equals(owner) ? owner : board.owner(table, key).orElse(null);
    }

    private BoardTable<?> open(String name) {
        BoardTable<?> table = tables.find(name);
        if (table != null) {
            return table;
        }
        List<String> others = tables.names();
        throw new RowRefusedException(
                tables.isClosed(name)
                        ? "table \"" + name + "\" accepts no rows from outside: its own plugin fills it"
                        : "there is no table \"" + name + "\" just now",
                others.isEmpty()
                        ? "there is no table that accepts rows"
                        : "those that do are " + String.join(", ", others));
    }

    private List<WrittenRow> insert(BoardTable<?> table, List<Tree> rows) {
        Reading reading =
                UnitReader.read(RowOwner.COMMAND, List.of(new DesiredRows(table.name(), Place.NOWHERE, rows)), tables);
        if (!reading.good()) {
            throw new DocumentException(reading.problems());
        }
        reading.claims().forEach(claim -> refuseOwned(table, claim.key()));
        List<WrittenRow> written = new ArrayList<>();
        try (WriteTxn txn = database.writeTxn("db insert", table.table())) {
            List<Problem> problems = new ArrayList<>();
            for (Claim claim : reading.claims()) {
                store(txn, table, claim, written, problems);
            }
            if (!problems.isEmpty()) {
                throw new DocumentException(problems);
            }
            txn.commit();
        }
        reading.claims().forEach(claim -> owners.put(table.name(), claim.key(), RowOwner.COMMAND));
        return written;
    }

    private void store(
            WriteTxn txn, BoardTable<?> table, Claim claim, List<WrittenRow> written, List<Problem> problems) {
        try {
            boolean present = table.contains(txn, claim.key());
            Change change =
                    !table.apply(txn, claim.value()) ? Change.UNCHANGED : present ? Change.UPDATED : Change.INSERTED;
            written.add(new WrittenRow(
                    table.keyText(claim.key()),
                    change,
                    table.revision(txn, claim.key()),
                    orphanOf(table, claim.key())));
        } catch (RuntimeException e) { // a unique key of another row, or an index function of the plugin
            problems.add(new Problem(
                    claim.placeOrUnit(), "row " + table.formatKey(claim.key()) + " is refused: " + Refusal.reason(e)));
        }
    }

    private @Nullable DeletedRow delete(BoardTable<?> table, Key key) {
        refuseOwned(table, key);
        RowOwner orphanOf = orphanOf(table, key);
        if (!table.contains(database.readTxn(), key)) {
            return null;
        }
        RowOwner before = owners.get(table.name(), key);
        owners.remove(table.name(), key);
        board.settleRefused(); // a source may want this very row
        RowOwner next = owners.get(table.name(), key);
        if (next == null) {
            remove(table, key, before);
            board.settleRefused(); // or one of its unique keys
        }
        return new DeletedRow(table.table().revision(database.readTxn()), orphanOf, next);
    }

    /** What cannot be deleted, such as while its plugin stops, stays the owner's that it had. */
    private void remove(BoardTable<?> table, Key key, @Nullable RowOwner before) {
        boolean removed = false;
        try (WriteTxn txn = database.writeTxn("db delete", table.table())) {
            table.delete(txn, key);
            txn.commit();
            removed = true;
        } finally {
            if (!removed && before != null) {
                owners.put(table.name(), key, before);
            }
        }
    }

    private void refuseOwned(BoardTable<?> table, Key key) {
        board.owner(table.name(), key).ifPresent(owner -> {
            throw new RowRefusedException(
                    "row " + table.formatKey(key) + " of table \"" + table.name() + "\" belongs to " + owner.unit()
                            + " of source \"" + owner.source() + "\"",
                    "change it there");
        });
    }

    private @Nullable RowOwner orphanOf(BoardTable<?> table, Key key) {
        RowOwner owner = owners.get(table.name(), key);
        return RowOwner.COMMAND.equals(owner) ? null : owner;
    }
}
