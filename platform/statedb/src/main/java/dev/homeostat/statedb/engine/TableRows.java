package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;

/** All rows of one state of a table, by primary key. */
final class TableRows<T> implements Rows<T> {
    private final ReadTxn txn;
    private final TableState<T> state;

    TableRows(ReadTxn txn, TableState<T> state) {
        this.txn = txn;
        this.state = state;
    }

    @Override
    public Iterator<Row<T>> iterator() {
        return state.table().rowsOf(state).iterator();
    }

    @Override
    public long count() {
        return state.count();
    }

    @Override
    public Watch watch() {
        return WriteTransaction.watch(txn, state.byRevision());
    }
}
