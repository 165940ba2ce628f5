package dev.homeostat.statedb;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import java.util.List;

/** A database with two tables, whose time stands still. */
final class Fixture {
    final ManualScheduler scheduler = new ManualScheduler();
    final Database db = StateDatabase.builder().scheduler(scheduler).build();
    final RWTable<Memo> memos = db.create(Memo.TABLE);
    final RWTable<Memo> others = db.create(TableSpec.of("others", Memo.class, Memo.NAME));

    /** Inserts a memo, in a transaction of its own. */
    void insert(Memo memo) {
        db.write(memos, txn -> memos.insert(txn, memo));
    }

    /** Inserts memos of these names, in a transaction of their own. */
    void insert(String... names) {
        db.write(memos, txn -> {
            for (String name : names) {
                memos.insert(txn, Memo.of(name));
            }
            return true;
        });
    }

    /** Deletes the memo of that name, in a transaction of its own. */
    void delete(String name) {
        db.write(memos, txn -> memos.delete(txn, Memo.of(name)));
    }

    /** The names of all memos as of now. */
    List<String> names() {
        return names(memos.all(db.readTxn()));
    }

    static List<String> names(Rows<Memo> rows) {
        return rows.stream().map(Row::value).map(Memo::name).toList();
    }
}
